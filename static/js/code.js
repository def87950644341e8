// Tabs of code are links to the page with another choice. With this script they keep what is typed: the choice goes into
// the form, and the advice is refreshed as after an answer (live.js). What was folded out stays so.

const form = document.querySelector("form[data-live]");
const openDetails = new Set();
let chosen = null; // what has the focus after the refresh, as a selector

// Somebody who may only look has a form that is switched off: their links are links.
if (form && !form.querySelector(":scope > fieldset:disabled")) {
  document.addEventListener("click", choose);
  document.addEventListener("advisor:shown", restore);
  document.addEventListener("toggle", remember, true);
}

function choose(event) {
  const tab = event.target.closest("#advice a[data-choose]");
  if (!tab || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  chosen = `a[data-choose="${tab.dataset.choose}"][data-key="${tab.dataset.key}"]`;
  const wanted = new URL(tab.href).searchParams;
  for (const old of document.querySelectorAll("#code > input[type=hidden]")) old.remove();
  for (const name of ["library", "handoff"]) {
    for (const value of wanted.getAll(name)) document.getElementById("code").append(hidden(name, value));
  }
  form.elements.namedItem("name").dispatchEvent(new Event("input", { bubbles: true }));
}

function hidden(name, value) {
  const input = document.createElement("input");
  Object.assign(input, { type: "hidden", name, value });
  input.setAttribute("form", form.id);
  return input;
}

function remember({ target }) {
  if (!target.id || !target.closest?.("#advice")) return;
  if (target.open) openDetails.add(target.id);
  else openDetails.delete(target.id);
}

function restore({ detail }) {
  if (detail.id !== "advice") return;
  for (const id of openDetails) {
    const details = detail.querySelector(`#${CSS.escape(id)}`);
    if (details) details.open = true;
  }
  if (chosen) detail.querySelector(chosen)?.focus({ preventScroll: true });
  chosen = null;
}
