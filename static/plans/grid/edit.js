// Text that is typed into a cell, and call types that are chosen in it.

import { addEvent, put } from "./actions.js";
import { currentCell, focusCell, step, toColumn } from "./focus.js";
import { announce } from "../edits/save-status.js";
import { targets } from "./selection.js";
import { fieldOf, isLabel, mayEdit, nameOf, root, titles, valueOf } from "./table.js";

const LONGEST = 500;
const LONGEST_LABEL = 200;
const ANSWERS = { yes: "Yes", no: "No", unsure: "Not sure" };
const calls = root.dataset.calls.split(" ");

// Begins to edit the name of the row. `typed`: what replaces it; without, it is changed where it stands.
export function editName(cell, typed = null) {
  if (!mayEdit || cell.querySelector(".edit")) return;
  const row = cell.parentElement;
  const input = document.createElement("input");
  input.className = "edit";
  input.value = typed ?? nameOf(row);
  input.autocomplete = "off";
  input.setAttribute("aria-label", row.dataset.id ? "Event name" : "Name of the new event");
  const untouched = typed === null ? input.value : null;
  begin(cell, input, (how) => leaveName(cell, input, how, input.value === untouched));
  if (typed === null) input.select();
}

// Begins to edit a label of the row, or of all selected rows.
export function editLabel(cell, typed = null) {
  if (!mayEdit || !cell.parentElement.dataset.id || cell.querySelector(".edit")) return;
  const input = document.createElement("input");
  input.className = "edit";
  input.value = typed ?? valueOf(cell);
  input.maxLength = LONGEST_LABEL;
  input.autocomplete = "off";
  input.setAttribute("aria-label", fieldOf(cell).replace(":", " "));
  // An input can't hold every character that a text may have: what nobody touched stays as it is.
  const untouched = typed === null ? input.value : null;
  begin(cell, input, (how) => {
    const text = input.value === untouched ? null : input.value.trim();
    end(cell, input, "");
    if (how !== "cancel" && text !== null) put(how === "blur" ? [cell.parentElement] : targets(cell.parentElement), fieldOf(cell), text);
    if (how !== "blur") focusCell(cell);
    if (how === "enter") step(1, 0);
    if (how === "tab") toColumn(cell.cellIndex + 1);
    return true;
  });
  if (typed === null) input.select();
}

function leaveName(cell, input, how, isUntouched) {
  const row = cell.parentElement;
  const name = input.value;
  const isNew = !row.dataset.id;
  const problem = how === "cancel" || (isNew && !name.trim()) ? "" : refusal(name);
  if (problem && how !== "blur") {
    input.setAttribute("aria-invalid", "true");
    announce(problem);
    return false;
  }
  end(cell, input, isNew ? "New event" : "");
  if (how === "cancel" || problem || !name.trim()) {
    if (problem) announce(`${problem} The name stays as it was.`);
  } else if (isNew) addEvent(name);
  else if (!isUntouched) put([row], "name", name);
  if (how === "cancel" || isNew) focusCell(how === "blur" ? null : cell);
  else if (how !== "blur") focusCell(cell);
  if (how === "enter" && !isNew) step(1, 0);
  if (how === "tab" && !isNew) toColumn(cell.cellIndex + 1);
  return true;
}

function refusal(name) {
  if (!name.trim()) return "Enter a name for the event.";
  return name.length > LONGEST ? `Shorten the name to ${LONGEST} characters or fewer; it has ${name.length}.` : "";
}

export function editCall(cell) {
  if (!mayEdit || !cell.parentElement.dataset.id) return;
  const list = document.createElement("select");
  list.className = "edit";
  list.setAttribute("aria-label", "Call type");
  list.append(...calls.map((call) => new Option(call, call, false, call === cell.textContent)));
  begin(cell, list, (how) => {
    const call = list.value;
    const before = list.dataset.before;
    end(cell, list, before);
    if (how !== "cancel" && call !== before) put([cell.parentElement], "call", call);
    if (how !== "blur") focusCell(cell);
    return true;
  });
}

// An answer chosen from a list: a click shows it, and only a choice changes anything.
export function editAnswer(cell) {
  if (!mayEdit || !cell.parentElement.dataset.id || cell.querySelector(".edit")) return;
  const was = valueOf(cell);
  const list = document.createElement("select");
  list.className = "edit edit--answer";
  list.setAttribute("aria-label", titles[cell.cellIndex]);
  if (was.endsWith("?")) list.append(new Option(`${ANSWERS[was.replace("?", "")]}, suggested`, was, false, true));
  for (const [value, word] of Object.entries(ANSWERS)) list.append(new Option(word, value, false, value === was));
  begin(cell, list, (how) => {
    const { value } = list;
    end(cell, list, "");
    if (how !== "cancel" && value !== was) put(how === "blur" ? [cell.parentElement] : targets(cell.parentElement), fieldOf(cell), value);
    if (how !== "blur") focusCell(cell);
    return true;
  });
  list.addEventListener("change", () => list.leave("enter"));
  try {
    list.showPicker();
  } catch {
    // It opens with a key or another click then.
  }
}

// The call type that begins with this letter.
export function callFor(letter) {
  return calls.find((call) => call[0] === letter);
}

function begin(cell, control, leave) {
  focusCell(cell);
  const shown = [...cell.childNodes];
  control.dataset.before = cell.textContent;
  control.shown = shown;
  cell.replaceChildren(control);
  control.focus();
  let left = false;
  const go = (how) => {
    if (left) return;
    left = true;
    left = leave(how);
  };
  control.addEventListener("keydown", (event) => {
    event.stopPropagation();
    const how = { Enter: "enter", Escape: "cancel", Tab: event.shiftKey ? null : "tab" }[event.key];
    if (!how || event.isComposing) return;
    event.preventDefault();
    go(how);
  });
  control.addEventListener("blur", () => go("blur"));
  control.leave = go;
}

function end(cell, control, text) {
  if (control.shown.length) cell.replaceChildren(...control.shown);
  else cell.textContent = text;
}

export function startTyping(key) {
  const cell = currentCell();
  const isKnown = Boolean(cell.parentElement.dataset.id);
  if (cell.cellIndex !== 1 && isKnown && !isLabel(cell)) return false;
  if (key.length > 1 && key !== "Process" && key !== "Dead") return false;
  if (isKnown && isLabel(cell)) editLabel(cell, "");
  else editName(cell.parentElement.cells[1], "");
  return true;
}
