// Which key does what, while the focus is on a cell.

import { accept, answer, duplicate, fillDown, put, remove, shift } from "./actions.js";
import { openColumn } from "./column-menu.js";
import { openConflicts, openWanted } from "./dialogs.js";
import { callFor, editCall, editLabel, editName, startTyping } from "./edit.js";
import { currentCell, step, toColumn, toCorner } from "./focus.js";
import { clear, extend, isSelected, selectAll, targets, toggle } from "./selection.js";
import { fieldOf, isHeading, isLabel, isQuestion, mayEdit, root, table } from "./table.js";
import { redo, undo } from "./undo.js";

const PAGE = 10;
const ANSWERS = { y: "yes", n: "no", "?": "unsure", Delete: "unsure", Backspace: "unsure" };

const MOVES = {
  ArrowUp: () => step(-1, 0),
  ArrowDown: () => step(1, 0),
  ArrowLeft: () => step(0, -1),
  ArrowRight: () => step(0, 1),
  Home: () => toColumn(0),
  End: () => toColumn(-1),
  PageUp: () => step(-PAGE, 0),
  PageDown: () => step(PAGE, 0),
  "Ctrl+Home": () => toCorner(false),
  "Ctrl+End": () => toCorner(true),
  Enter: () => enter(currentCell()),
  Escape: () => clear(),
};
const here = () => currentCell().parentElement;
const EDITS = {
  F2: () => editName(here().cells[1]),
  " ": () => toggle(here()),
  "Shift+ ": () => extend(here()),
  "Shift+ArrowUp": () => extendBy(-1),
  "Shift+ArrowDown": () => extendBy(1),
  "Alt+ArrowUp": () => shift(-1),
  "Alt+ArrowDown": () => shift(1),
  "Ctrl+a": () => selectAll(),
  "Ctrl+d": () => fillDown(),
  "Ctrl+Shift+d": () => duplicate(targets(here())),
  "Ctrl+Delete": () => remove(targets(here())),
  "Ctrl+Backspace": () => remove(targets(here())),
  "Ctrl+z": () => undo(),
  "Ctrl+y": () => redo(),
  "Ctrl+Shift+z": () => redo(),
};

// What the keys do on a heading that also do something there.
const HEADING = {
  " ": () => (fieldOf(currentCell()) === "select" ? selectAll() : openColumn(currentCell())),
  "Ctrl+a": EDITS["Ctrl+a"],
  "Ctrl+d": EDITS["Ctrl+d"],
  "Ctrl+z": EDITS["Ctrl+z"],
  "Ctrl+y": EDITS["Ctrl+y"],
  "Ctrl+Shift+z": EDITS["Ctrl+Shift+z"],
};

function extendBy(by) {
  if (!isSelected(here())) extend(here());
  step(by, 0);
  extend(here());
}

function enter(cell) {
  if (isHeading(cell)) {
    if (mayEdit) HEADING[" "]();
    return;
  }
  const field = fieldOf(cell);
  const { id } = cell.parentElement.dataset;
  if (cell.classList.contains("is-off") && openConflicts()) return;
  if (!id || (field === "name" && mayEdit)) editName(cell.parentElement.cells[1]);
  else if (field === "call" && mayEdit) editCall(cell);
  else if (isLabel(cell) && mayEdit) editLabel(cell);
  else if (field === "destinations" && mayEdit) openWanted();
  else if (field === "select") toggle(cell.parentElement);
  else location.assign(root.dataset.event + id + (isQuestion(cell) ? `#${field}-yes` : ""));
}

// The key as the tables above write it. Shift is named only where it does not already change the character.
function nameOf({ key, ctrlKey, metaKey, altKey, shiftKey }) {
  const letter = key.length === 1 ? key.toLowerCase() : key;
  const modified = ctrlKey || metaKey;
  const shifted = shiftKey && (key.length > 1 || key === " " || modified);
  return (modified ? "Ctrl+" : "") + (altKey ? "Alt+" : "") + (shifted ? "Shift+" : "") + letter;
}

// Letters mean something else on questions, on call types and on names.
function letter(event) {
  const cell = currentCell();
  if (event.ctrlKey || event.metaKey || event.altKey || !(cell.parentElement.dataset.id || isHeading(cell))) return false;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  if (isQuestion(cell)) {
    if (ANSWERS[key]) answer(ANSWERS[key], { stepOn: event.shiftKey && (key === "y" || key === "n") });
    else if (key === "a") accept(event.shiftKey);
    else return false;
    return true;
  }
  if (isHeading(cell)) return false;
  if (fieldOf(cell) === "call" && callFor(key)) {
    put(targets(cell.parentElement), "call", callFor(key));
    return true;
  }
  if (isLabel(cell) && (key === "Delete" || key === "Backspace")) {
    put(targets(cell.parentElement), fieldOf(cell), "");
    return true;
  }
  return false;
}

export function startKeys() {
  table.addEventListener("keydown", (event) => {
    if (event.target.closest("input, select, button") || event.defaultPrevented) return;
    const act = MOVES[nameOf(event)] ?? (mayEdit && (isHeading(currentCell()) ? HEADING : EDITS)[nameOf(event)]);
    if (act) {
      event.preventDefault();
      act();
    } else if (mayEdit && letter(event)) event.preventDefault();
    else if (mayEdit && !isHeading(currentCell()) && !event.ctrlKey && !event.metaKey && !event.altKey) startTyping(event.key);
  });
  // Undo works everywhere on the page except in a text field, which has an undo of its own.
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || !mayEdit || event.target.closest("input, textarea, select, dialog")) return;
    if (nameOf(event) !== "Ctrl+z") return;
    event.preventDefault();
    undo();
  });
}
