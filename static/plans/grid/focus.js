// One tab stop for the whole grid: the cell that has the focus, or would have it.

import { headings, isHeading, newRow, rows, table } from "./table.js";

let current = null;

export function currentCell() {
  if (current?.isConnected) return current;
  const row = rows()[0] ?? newRow();
  return row ? row.cells[1] : null;
}

// Makes the cell the tab stop, and by default the focus.
export function focusCell(cell, focus = true) {
  if (!cell) return;
  if (current && current !== cell) current.tabIndex = -1;
  current = cell;
  cell.tabIndex = 0;
  if (focus) {
    cell.focus({ preventScroll: true });
    cell.scrollIntoView({ block: "nearest", inline: "nearest" });
  }
}

export function focusRowNear(row, column, focus = true) {
  if (row) focusCell(row.cells[column], focus);
}

// The rows one can move through by more than one: those with an event, and the one for a new event.
function walkable() {
  const end = newRow();
  return end ? [...rows(), end] : rows();
}

export function step(down, right) {
  const cell = currentCell();
  const row = cell.parentElement;
  const columns = row.cells.length - 1;
  const column = Math.min(Math.max(cell.cellIndex + right, 0), columns);
  focusRowNear(down ? stepRow(row, down) : row, column);
}

function stepRow(row, by) {
  if (Math.abs(by) === 1) return neighbour(row, by) ?? (by < 0 ? headings : row);
  const all = walkable();
  return all[Math.min(Math.max(all.indexOf(row) + by, 0), all.length - 1)];
}

// The next row without looking at all others: sections are tables of their own.
function neighbour(row, by) {
  if (row === headings) return by > 0 ? walkable()[0] : null;
  const next = by > 0 ? "nextElementSibling" : "previousElementSibling";
  if (row[next]) return row[next];
  let section = row.parentElement[next];
  while (section && section.tagName === "TBODY" && !section.rows.length) section = section[next];
  if (section?.tagName !== "TBODY") return null;
  return by > 0 ? section.rows[0] : section.rows[section.rows.length - 1];
}

export function toColumn(column) {
  const { cells } = currentCell().parentElement;
  focusCell(cells[column < 0 ? cells.length + column : column]);
}

export function toCorner(end) {
  const all = walkable();
  const row = end ? all.at(-1) : all[0];
  focusCell(row?.cells[end ? row.cells.length - 1 : 0]);
}

export function startFocus() {
  const cell = currentCell();
  if (cell) focusCell(cell, false);
  table.addEventListener("focusin", ({ target }) => {
    const entered = target.closest("td, th");
    if (entered && entered !== current && (entered.closest("tbody") || isHeading(entered)) && target === entered) focusCell(entered, false);
  });
}
