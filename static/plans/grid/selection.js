// The selected rows, and the bar that says how many there are.

import { announce } from "../edits/save-status.js";
import { mayEdit, rows } from "./table.js";

const bar = document.getElementById("selection");
const count = document.getElementById("selected");
const box = document.getElementById("select-all");
let anchor = null;

export const isSelected = (row) => row.getAttribute("aria-selected") === "true";
export const selected = () => rows().filter(isSelected);

// The rows that an action at this row is about: all selected ones if it is among them, else itself.
export function targets(row) {
  if (!row.dataset.id) return [];
  return isSelected(row) ? selected() : [row];
}

// The rows that a key on a heading answers: the selected ones, or else all that are shown.
export const columnRows = () => (selected().length ? selected() : rows());

export function toggle(row) {
  if (!row.dataset.id || !mayEdit) return;
  mark(row, !isSelected(row));
  anchor = row;
  tell();
}

// From the row that was selected last to this one.
export function extend(row) {
  if (!row.dataset.id || !mayEdit) return;
  const all = rows();
  const from = all.indexOf(anchor?.isConnected ? anchor : row);
  const to = all.indexOf(row);
  anchor = all[from];
  all.slice(Math.min(from, to), Math.max(from, to) + 1).forEach((each) => mark(each, true));
  tell();
}

export function selectAll() {
  if (!mayEdit) return;
  const all = rows();
  const on = !all.every(isSelected);
  for (const row of all) mark(row, on);
  tell();
}

export function clear() {
  const had = selected();
  for (const row of had) mark(row, false);
  if (had.length) tell();
  return had.length > 0;
}

// After a filter: the rows with these ids stay selected.
export function keepSelected(ids) {
  for (const row of rows()) if (ids.has(row.dataset.id)) mark(row, true);
}

function mark(row, on) {
  row.setAttribute("aria-selected", String(on));
}

export function counted(number) {
  return number === 1 ? "1 event" : `${number.toLocaleString("en")} events`;
}

// Rows that were deleted are no longer selected.
export function refresh() {
  const number = selected().length;
  count.textContent = counted(number);
  bar.hidden = !number;
  box.setAttribute("aria-checked", !number ? "false" : String(number === rows().length || "mixed"));
  return number;
}

function tell() {
  const number = refresh();
  announce(number ? `${counted(number)} selected.` : "Nothing selected.");
}
