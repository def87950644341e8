// The matrix of a plan as one tab stop: arrows move between its cells, and each cell says why it is as it is.
// Without this script, cells are links to the reasons on the event's page, and the filters are sent by a button.

import { startFilters } from "./matrix-filter.js";
import { closeReason, isOpen, openReason, peek, startReasons } from "./matrix-reason.js";

const PAGE = 10;
const MOVES = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  PageUp: [-PAGE, 0],
  PageDown: [PAGE, 0],
  Home: [0, -Infinity],
  End: [0, Infinity],
  "Ctrl+Home": [-Infinity, -Infinity],
  "Ctrl+End": [Infinity, Infinity],
};

let body = null;
let current = null;
let column = 0; // where one moves up and down, also past a row that is one stretch
let stepping = false; // a cell that is reached in any other way is where one moves on from
let returning = false; // a cell that gets the focus back says nothing again

function start() {
  const table = document.querySelector("table.matrix");
  body = table?.tBodies[0] ?? null;
  current = null;
  if (!body) return;
  table.setAttribute("role", "grid");
  table.setAttribute("aria-readonly", "true");
  table.parentElement.removeAttribute("tabindex");
  document.querySelector(".skip-matrix").hidden = true; // one more press of Tab does the same
  for (const link of body.querySelectorAll("a")) link.tabIndex = -1;
  become(body.rows[0].cells[0]);
  table.addEventListener("keydown", onKey);
  body.addEventListener("focusin", ({ target }) => {
    const cell = target.closest("td, th");
    become(cell);
    if (!stepping) column = shownCells(cell.parentElement).indexOf(cell);
    if (target === cell && !returning) peek(cell);
  });
}

// Makes a cell the tab stop. The one before keeps its place until then: without it, it would lose the focus.
function become(cell) {
  if (cell === current) return;
  cell.tabIndex = 0;
  current?.removeAttribute("tabindex");
  current = cell;
}

function onKey(event) {
  if (event.altKey || event.shiftKey) return;
  const move = MOVES[(event.ctrlKey || event.metaKey ? "Ctrl+" : "") + event.key];
  if (move) step(...move);
  else if (event.key === "Enter" && event.target === current) enter(current);
  else if (event.key === "Escape" && isOpen()) closeReason();
  else return;
  event.preventDefault();
}

function step(down, right) {
  const at = current.parentElement.sectionRowIndex;
  const cells = shownCells(body.rows[within(at + down, body.rows.length)]);
  const from = down && !right ? column : shownCells(current.parentElement).indexOf(current);
  const to = within(from + right, cells.length);
  if (right) column = Number.isFinite(right) ? to : right;
  const cell = cells[to];
  cell.tabIndex = 0;
  stepping = true;
  cell.focus({ preventScroll: true });
  stepping = false;
  cell.scrollIntoView({ block: "nearest", inline: "nearest" });
}

// In a narrow window, most cells aren't shown.
function shownCells(row) {
  return [...row.cells].filter((cell) => cell.getClientRects().length);
}

function within(place, length) {
  return Math.min(Math.max(place, 0), length - 1);
}

function enter(cell) {
  if (cell.matches("th, .matrix__blank")) cell.querySelector("a").click();
  else openReason(cell);
}

// Esc closes a reason that is shown, and gives the focus back to its cell if it had it.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !isOpen()) return;
  const cell = closeReason();
  returning = true;
  cell?.focus({ preventScroll: true });
  returning = false;
});

for (const note of document.querySelectorAll("[data-script]")) note.hidden = false;
startReasons();
startFilters(start);
start();
