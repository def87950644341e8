// The filter of the grid, applied while one chooses. The address keeps up, so that it can be passed on.

import { currentCell, focusCell } from "./focus.js";
import { isIdle, onSaved, onSettled } from "./saving.js";
import { isSelected, keepSelected, refresh } from "./selection.js";
import { know, mayEdit, root, rows, table } from "./table.js";
import { announce } from "../edits/save-status.js";
import { waiting } from "../../base/waiting.js";

const PAUSE = 200; // milliseconds after the last letter
const form = document.getElementById("filter");
let timer;
let running;
let saves = 0;
let isWanted = false;
let isQuiet = false;
let page = ""; // of the address; another filter begins with the first one

export function startFilter() {
  for (const button of form.querySelectorAll("[data-without-script]")) button.hidden = true;
  form.addEventListener("input", ({ target }) => {
    clearTimeout(timer);
    timer = setTimeout(filter, target.type === "search" ? PAUSE : 0);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    filter();
  });
  document.addEventListener("click", (event) => {
    if (!event.target.closest?.("#unfilter, #none a") || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    for (const control of form.elements) {
      if (control.type === "radio") control.checked = control.value === "";
      else if (control.name) control.value = "";
    }
    filter();
    form.elements.namedItem("find").focus({ preventScroll: true });
  });
  form.elements.namedItem("find").addEventListener("keydown", (event) => {
    if (event.key !== "ArrowDown" || !rows().length) return;
    event.preventDefault();
    focusCell(rows()[0].cells[1]);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input, textarea, select, dialog, [popover]")) return;
    event.preventDefault();
    form.elements.namedItem("find").select();
  }, { capture: true });
  onSaved(() => { saves += 1; });
  onSettled(() => isWanted && load());
}

function filter() {
  page = "";
  isQuiet = false;
  load();
}

// Loads the rows of this page again, in place. What was said about the change is not talked over.
export function loadAgain() {
  page = new URLSearchParams(location.search).get("page") ?? "";
  isQuiet = true;
  load();
}

// What isn't saved yet is saved first.
async function load() {
  clearTimeout(timer);
  running?.abort();
  isWanted = !isIdle();
  if (isWanted) return;
  const { signal } = (running = new AbortController());
  const before = saves;
  const pairs = [...new FormData(form)].filter(([, value]) => value.trim());
  if (page) pairs.push(["page", page]);
  const query = new URLSearchParams(pairs).toString();
  const address = location.pathname + (query ? `?${query}` : "");
  const done = isQuiet ? () => {} : waiting("Filtering the events…");
  try {
    const response = await fetch(address, { signal });
    if (!response.ok) throw new Error(response.statusText);
    const fresh = new DOMParser().parseFromString(await response.text(), "text/html");
    if (!isIdle() || saves !== before) {
      isWanted = true; // somebody answered meanwhile: these rows are out of date
      if (isIdle()) load();
      return;
    }
    show(fresh);
    history.replaceState(null, "", address);
  } catch (error) {
    if (error.name !== "AbortError") form.submit();
  } finally {
    done();
  }
}

function show(fresh) {
  const at = currentCell();
  const place = { id: at?.parentElement.dataset.id, column: at?.cellIndex ?? 1, isHeading: Boolean(at?.closest("thead")) };
  const chosen = new Set(rows().filter(isSelected).map((row) => row.dataset.id));
  const from = fresh.getElementById("grid");
  for (const body of [...table.tBodies]) body.remove();
  table.append(...from.querySelectorAll(".sheet > tbody"));
  table.setAttribute("aria-rowcount", from.querySelector(".sheet").getAttribute("aria-rowcount"));
  for (const name of ["first", "total", "last", "filtered"]) {
    if (name in from.dataset) root.dataset[name] = from.dataset[name];
    else delete root.dataset[name];
  }
  for (const id of ["matches", "pages", "none"]) document.getElementById(id).replaceWith(fresh.getElementById(id));
  for (const row of rows()) know(row);
  keepSelected(chosen);
  if (!place.isHeading) {
    const row = rows().find(({ dataset }) => dataset.id === place.id) ?? rows()[0];
    focusCell(row?.cells[place.column] ?? currentCell(), false);
  }
  if (mayEdit) refresh();
  if (!isQuiet) announce(document.getElementById("matches").textContent.replace("Show all", "").trim());
}
