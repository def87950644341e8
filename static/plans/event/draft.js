// A form with data-draft makes something new, by its button. Who leaves before finds what was entered when they come back.

const form = document.querySelector("form[data-draft]");
const KEY = `draft:${location.pathname}`;
const OWN = ["csrf_token", "once"];
const before = stateOf();

function stateOf() {
  const state = new URLSearchParams(new FormData(form));
  for (const name of OWN) state.delete(name);
  return state.toString();
}

function restore(state) {
  const checks = [...form.elements].filter(({ type }) => type === "checkbox");
  for (const box of checks) box.checked = false;
  // Rows of a table follow each other: filling in the name of one makes room for the next.
  for (const [name, value] of new URLSearchParams(state)) fill(form.elements.namedItem(name), value);
  document.getElementById("draft").hidden = false;
  form.elements[0].dispatchEvent(new Event("input", { bubbles: true }));
}

function fill(found, value) {
  const controls = found instanceof RadioNodeList ? [...found] : found ? [found] : [];
  for (const control of controls) {
    if (control.type === "radio" || control.type === "checkbox") control.checked ||= control.value === value;
    else if (control.value !== value) {
      control.value = value;
      control.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }
}

let isSent = false;
form.addEventListener("submit", () => {
  isSent = true;
});
addEventListener("pagehide", () => {
  const state = stateOf();
  if (isSent || state === before) sessionStorage.removeItem(KEY);
  else sessionStorage.setItem(KEY, state);
});
const kept = sessionStorage.getItem(KEY);
if (kept && kept !== before) restore(kept);
