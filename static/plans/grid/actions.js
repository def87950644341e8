// What can be done with rows and cells. Each action shows itself at once, and is saved as one change with one undo.

import { currentCell, focusCell, step } from "./focus.js";
import { append, insert, renumber } from "./rows.js";
import { save, whenSettled } from "./saving.js";
import { columnRows, counted, selected, targets } from "./selection.js";
import { announce } from "../edits/save-status.js";
import {
  cellOf, draftRow, fieldOf, isHeading, isQuestion, isSame, isSuggested, LAST_QUESTION, FIRST_QUESTION, nameOf, newId,
  newRow, root, rowOf, rows, show, valueOf,
} from "./table.js";

const WORDS = { yes: "yes", no: "no", unsure: "not sure" };

// Puts a value into one field of these rows.
export function put(those, field, value) {
  const changes = [];
  for (const row of those) {
    const cell = cellOf(row, field);
    const was = cell ? valueOf(cell) : null; // of a column that isn't shown, the last one to write wins
    if (!isSame(was, value)) changes.push({ id: row.dataset.id, field, was, value });
  }
  for (const { id } of changes) if (cellOf(rowOf(id), field)) show(cellOf(rowOf(id), field), value);
  if (changes.length) save({ cells: changes });
  return changes.length;
}

// The rows that a key at this cell is about.
const about = (cell) => (isHeading(cell) ? columnRows() : targets(cell.parentElement));

// Asks the server to answer a question in the whole plan; `which` is "open" or "all".
export function putColumn(field, act, which) {
  const text = which === "all" ? `Changing ${counted(Number(root.dataset.total))}…` : "Changing all that are open…";
  announce(text);
  save({ columns: [{ field, act, which }] });
  // static/base/busy.js shows that one waits, if it takes long enough to notice.
  document.dispatchEvent(new CustomEvent("advisor:busy", { detail: { text, until: whenSettled() } }));
}

// Copies the value of the first of these rows into the others.
export function fillRows(those, field) {
  const [first, ...others] = those.map((row) => cellOf(row, field));
  const value = first && bare(valueOf(first));
  if (!others.length || !put(others.map((cell) => cell.parentElement), field, value)) announce("There is nothing to fill down.");
}

const bare = (value) => (typeof value === "string" ? value.replace(/\?$/, "") : value);

// From the first selected row into the others, or from the cell above into this one.
export function fillDown() {
  const cell = currentCell();
  const field = fieldOf(cell);
  if (!(isQuestion(cell) || ["call", "destinations"].includes(field) || field.startsWith("label:"))) return;
  const those = about(cell);
  if (those.length > 1) fillRows(those, field);
  else if (those.length) fillRows([rows()[rows().indexOf(those[0]) - 1], ...those].filter(Boolean), field);
}

export function answer(value, { stepOn = false } = {}) {
  const cell = currentCell();
  const those = about(cell);
  if (!isQuestion(cell) || !those.length) return;
  if (!put(those, fieldOf(cell), value)) announce(`Already ${WORDS[value]}.`);
  if (stepOn && !isHeading(cell)) stepToNextQuestion();
}

// To the right, and from the last question to the first of the next row.
function stepToNextQuestion() {
  if (currentCell().cellIndex < LAST_QUESTION) {
    step(0, 1);
    return;
  }
  const row = currentCell().parentElement;
  step(1, 0);
  if (currentCell().parentElement !== row && !currentCell().closest(".new")) {
    focusCell(currentCell().parentElement.cells[FIRST_QUESTION]);
  }
}

// Turns the suggested answer of this cell into an answer; of all cells of the row, or of the selected rows, if `whole`.
export function accept(whole) {
  const cell = currentCell();
  const those = about(cell);
  if (isHeading(cell)) acceptCells(those.map((row) => cellOf(row, fieldOf(cell))));
  else if (whole) acceptAll(those);
  else acceptCells(those.length ? [cell] : []);
}

export function acceptAll(those) {
  acceptCells(those.flatMap((row) => [...row.cells]));
}

export function acceptCells(cells) {
  const changes = cells
    .filter((each) => isQuestion(each) && isSuggested(each))
    .map((each) => ({ id: each.parentElement.dataset.id, field: fieldOf(each), was: valueOf(each), value: valueOf(each).replace("?", "") }));
  if (!changes.length) {
    announce("Nothing is suggested here.");
    return;
  }
  for (const { id, field, value } of changes) show(cellOf(rowOf(id), field), value);
  save({ cells: changes });
}

export function addEvent(name) {
  const id = newId();
  append(draftRow(id, name));
  newRow().scrollIntoView({ block: "nearest" });
  save({ add: [{ id, cells: { name } }] });
}

// The rows of a queue that outlived a reload.
export function redraw(changes) {
  for (const { id, cells } of changes.add ?? []) {
    if (cells?.name && newRow() && !rowOf(id)) append(draftRow(id, cells.name));
  }
}

export function remove(those) {
  if (!those.length) return;
  for (const row of those) row.classList.add("is-leaving");
  save({ remove: those.map((row) => row.dataset.id) });
}

export function duplicate(those) {
  let after = those.at(-1)?.dataset.id;
  const add = those.map((row) => {
    const made = { id: newId(), copy: row.dataset.id, cells: { name: `${nameOf(row).slice(0, 490)} copy` }, after };
    after = made.id;
    return made;
  });
  if (add.length) save({ add });
}

// One row up (-1) or down (1), all together.
export function shift(by) {
  const those = targets(currentCell().parentElement);
  const all = rows();
  const first = all.indexOf(those[0]);
  const last = all.indexOf(those.at(-1));
  if (!those.length || (by < 0 ? first < 1 : last > all.length - 2)) return;
  if (by < 0) moveBehind(those, all[first - 2]);
  else moveBehind(those, all[last + 1]);
}

export function moveToRow(those, number, firstNumber) {
  const others = rows().filter((row) => !those.includes(row));
  moveBehind(those, others[number - firstNumber - 1]);
}

function moveBehind(those, target) {
  const at = currentCell();
  // On a later page of the grid, what comes before its first row is not known here.
  if (!target && (rows()[0].getAttribute("aria-rowindex") !== "3" || "filtered" in root.dataset)) return;
  let after = target?.dataset.id ?? "";
  const move = [];
  for (const row of those) {
    move.push([row.dataset.id, after]);
    insert(row, after);
    after = row.dataset.id;
  }
  renumber();
  focusCell(at);
  save({ move });
}

export const chosen = () => (selected().length ? selected() : targets(currentCell().parentElement));
