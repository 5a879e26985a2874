// Keeps a display up to date without a flash: fetches the same page for each code and puts its body in place. Written for
// the browsers of old screens. Without scripts the page refreshes itself.
(function () {
  var stale = 75000; // a code opens nothing 90 s after it was first shown
  var fresh = new Date().getTime();

  function later(seconds) { window.setTimeout(load, seconds * 1000); }

  function show(text) {
    var next = document.implementation.createHTMLDocument("");
    next.documentElement.innerHTML = text;
    var script = document.querySelector("script[src]"), other = next.querySelector("script[src]");
    var wait = next.body.getAttribute("data-next");
    if (!other || !wait) { return lost(); }
    if (other.getAttribute("src") !== script.getAttribute("src")) { return window.location.reload(); }
    fresh = new Date().getTime();
    document.body.innerHTML = next.body.innerHTML;
    document.body.className = "";
    later(Number(wait));
  }

  function lost() {
    if (new Date().getTime() - fresh > stale) { document.body.className = "dead"; }
    later(5);
  }

  function load() {
    var request = new XMLHttpRequest(), done = false;
    request.onreadystatechange = function () {
      if (request.readyState !== 4 || done) { return; }
      done = true;
      if (request.status === 200) { show(request.responseText); } else { lost(); }
    };
    request.open("GET", window.location.href, true);
    request.timeout = 10000;
    request.send();
  }

  later(Number(document.body.getAttribute("data-next")));
})();
