// Rows that come from the server replace those on the page; new ones find their place.

import { currentCell, focusCell, focusRowNear } from "./focus.js";
import { know, newRow, root, rowOf, rows, table } from "./table.js";

const SECTION = 50;

// The rows of an answer, by id.
function parsed(html) {
  const holder = document.createElement("template");
  holder.innerHTML = `<table><tbody>${html}</tbody></table>`;
  return [...holder.content.querySelectorAll("tr")];
}

// Shows the rows of an answer. Returns whether each found its place: behind a filter, the row before it may be missing.
export function showAnswer(answer) {
  const at = currentCell();
  const place = at && { id: at.parentElement.dataset.id, column: at.cellIndex, had: at === document.activeElement };
  const fresh = new Map(parsed(answer.rows).map((row) => [row.dataset.id, row]));
  for (const [id, row] of fresh) replace(rowOf(id), row);
  let isShown = true;
  // In the order of the plan, so that the one before is always there.
  for (const [id, before] of Object.entries(answer.places)) {
    const row = rowOf(id) ?? fresh.get(id);
    if (row) insert(row, before);
    isShown &&= row?.isConnected || !("filtered" in root.dataset);
  }
  remove(answer.removed, place);
  if (answer.removed.length || Object.keys(answer.places).length) renumber();
  if (place?.id && rowOf(place.id)) focusCell(rowOf(place.id).cells[place.column], place.had);
  return isShown;
}

function replace(old, fresh) {
  if (!old) return;
  if (old.querySelector(".edit")) {
    keepEditing(old, fresh);
    return;
  }
  fresh.setAttribute("aria-selected", old.getAttribute("aria-selected"));
  old.replaceWith(fresh);
  know(fresh);
}

// Someone types into this row: everything but the cell with the input is new.
function keepEditing(old, fresh) {
  [...fresh.cells].forEach((cell, index) => {
    if (!old.cells[index].querySelector(".edit")) old.cells[index].replaceWith(cell);
  });
  old.classList.remove("is-saving");
}

// After the row with this id; first if it is empty. A row whose predecessor is on another page is not shown here.
export function insert(row, before) {
  const previous = before && rowOf(before);
  if (previous) {
    if (previous.nextElementSibling !== row) previous.after(row);
  } else if (!before && root.dataset.first === "1") firstSection().prepend(row);
  else return;
  know(row);
}

export function append(row) {
  lastSection().append(row);
  renumber();
}

function firstSection() {
  return table.tBodies[0].id === "new-row" || !table.tBodies[0] ? section() : table.tBodies[0];
}

function lastSection() {
  const sections = [...table.tBodies].filter((body) => body.id !== "new-row");
  const last = sections.at(-1);
  return last && last.rows.length < SECTION ? last : section();
}

function section() {
  const made = document.createElement("tbody");
  made.setAttribute("role", "rowgroup");
  const end = document.getElementById("new-row");
  if (end) end.before(made);
  else table.append(made);
  return made;
}

function remove(ids, place) {
  const gone = ids.map(rowOf).filter(Boolean);
  if (!gone.length) return;
  const lost = gone.some((row) => row.dataset.id === place?.id);
  const all = rows();
  const index = all.indexOf(gone.at(-1));
  for (const row of gone) row.remove();
  if (lost) {
    const rest = all.filter((row) => row.isConnected);
    const next = all.slice(index + 1).find((row) => row.isConnected) ?? newRow() ?? rest.at(-1);
    focusRowNear(next, place.column, place.had);
  }
}

export function renumber() {
  const first = Number(root.dataset.first);
  let number = first + 1;
  for (const row of rows()) row.setAttribute("aria-rowindex", String(++number));
  newRow()?.setAttribute("aria-rowindex", String(number + 1));
  const total = Number(table.getAttribute("aria-rowcount"));
  if ("last" in root.dataset) table.setAttribute("aria-rowcount", String(number + (newRow() ? 1 : 0)));
  else table.setAttribute("aria-rowcount", String(Math.max(total, number)));
}
