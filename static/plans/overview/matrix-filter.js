// Filters of the matrix, applied while one chooses. The address keeps up, so that it can be passed on.

import { closeReason } from "./matrix-reason.js";
import { waiting } from "../../base/waiting.js";

const PAUSE = 200; // milliseconds after the last letter
const form = document.getElementById("filters");
let timer;
let running;

export function startFilters(shown) {
  if (!form) return;
  for (const button of form.querySelectorAll("[data-without-script]")) button.hidden = true;
  const refresh = () => filter(shown);
  form.addEventListener("input", ({ target }) => {
    clearTimeout(timer);
    timer = setTimeout(refresh, target.type === "search" ? PAUSE : 0);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    refresh();
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("#listing a[data-remove]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    clear(link.dataset.remove);
    refresh();
    form.elements.namedItem("find").focus({ preventScroll: true });
  });
  // On the way back, a browser may fill in what was chosen, and show the page as it was sent.
  addEventListener("pageshow", ({ persisted }) => !persisted && isRefilled() && refresh());
}

async function filter(shown) {
  clearTimeout(timer);
  running?.abort();
  const { signal } = (running = new AbortController());
  const query = queryOf(form);
  const rows = new FormData(form).get("rows") ?? ""; // the server remembers it; it is no part of the filter
  const done = waiting("Filtering the events…");
  try {
    const response = await fetch(`${form.dataset.matrix}?${query}&rows=${rows}`, { signal });
    if (!response.ok) throw new Error(response.statusText);
    show(await response.text());
    history.replaceState(null, "", location.pathname + (query ? `?${query}` : ""));
    document.querySelector("[data-list]").search = new URLSearchParams(`view=list&${query}`);
    shown();
  } catch (error) {
    if (error.name !== "AbortError") form.submit();
  } finally {
    done();
  }
}

function show(html) {
  const fresh = new DOMParser().parseFromString(html, "text/html").getElementById("listing");
  closeReason();
  document.getElementById("listing").replaceWith(fresh);
  const status = document.getElementById("status");
  if (status.textContent !== fresh.dataset.announce) status.textContent = fresh.dataset.announce;
}

function queryOf(controls) {
  const pairs = [...new FormData(controls)].filter(([name, value]) => name !== "rows" && value.trim());
  return new URLSearchParams(pairs).toString();
}

function isRefilled() {
  return [...form.elements].some((control) => {
    if (control.name === "rows") return false;
    if (control.type === "radio" || control.type === "checkbox") return control.checked !== control.defaultChecked;
    if (control.tagName === "SELECT") return control.selectedIndex > 0 && !control.selectedOptions[0].defaultSelected;
    return control.type === "search" && control.value !== control.defaultValue;
  });
}

// One control, or all of them if no name is given, as they are when nothing is filtered.
function clear(name) {
  for (const control of form.elements) {
    if (!control.name || control.name === "rows" || (name && control.name !== name)) continue;
    if (control.type === "radio") control.checked = control.value === "";
    else if (control.type === "checkbox") control.checked = false;
    else control.value = "";
  }
}
