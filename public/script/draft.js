// The draft is what was filled in and not submitted yet. It lives as long as the tab, so that a reload keeps it and the next
// person who takes the same device does not see it.

const name = "draf " + location.pathname;

export const keep = (fields) => sessionStorage.setItem(name, fields);

export const clear = () => sessionStorage.removeItem(name);

// restore fills a form. Its hidden fields stay as they came: token and language belong to this visit, which may ask other questions.
export function restore(form) {
	for (const [key, value] of new URLSearchParams(sessionStorage.getItem(name) || "")) {
		const field = form.elements[key];
		if (field?.type == "checkbox") {
			field.checked = true;
		} else if (field && field.type != "hidden") {
			field.value = value;
		}
	}
}
