// Shows the buttons that print a page. Without scripts the browser's own menu does it.
for (const button of document.querySelectorAll("[data-cetak]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
