// The dialogs: who wants an event, labels, moving, and what two people changed at once.

import { chosen, moveToRow, put } from "./actions.js";
import { currentCell, focusCell } from "./focus.js";
import { conflicts, onChoose, save, settle } from "./saving.js";
import { counted, selected } from "./selection.js";
import { announce } from "../edits/save-status.js";
import { cellOf, fields, root, rowOf, show, valueOf } from "./table.js";

const by = (id) => document.getElementById(id);

export function open(dialog, onClose = () => {}) {
  dialog.returnValue = "cancel";
  dialog.showModal();
  dialog.addEventListener("close", () => {
    onClose(dialog.returnValue);
    if (document.activeElement === document.body || dialog.contains(document.activeElement)) focusCell(currentCell());
  }, { once: true });
}

// Buttons close their dialog and say how; Enter in a field is its main button.
function listen(dialog) {
  dialog.addEventListener("click", ({ target }) => {
    const button = target.closest("[data-close]");
    if (button) closeWith(dialog, button.dataset.close);
  });
  dialog.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.target.form || event.target.tagName !== "INPUT" || event.target.type === "checkbox") return;
    event.preventDefault();
    closeWith(dialog, "done");
  });
}

function closeWith(dialog, value) {
  const wrong = value === "done" && [...dialog.querySelectorAll("input")].find((input) => !input.checkValidity());
  if (wrong) wrong.reportValidity();
  else dialog.close(value);
}

export function openWanted() {
  const dialog = by("wanted");
  const those = chosen();
  if (!those.length) return;
  dialog.querySelector("[data-count]").textContent = counted(those.length);
  const cell = cellOf(those[0], "destinations");
  const value = cell ? valueOf(cell) : "all";
  const all = dialog.querySelector("[name=all]");
  const boxes = [...dialog.querySelectorAll("[name=key]")];
  if (all) all.checked = value === "all";
  for (const box of boxes) box.checked = value === "all" || value.includes(box.value);
  const follow = () => boxes.forEach((box) => { box.disabled = all.checked; });
  if (all) {
    all.onchange = follow;
    follow();
  }
  open(dialog, (how) => {
    if (how !== "done") return;
    const keys = boxes.filter((box) => box.checked).map((box) => box.value);
    if (!put(those, "destinations", all.checked ? "all" : keys)) announce("Nothing changed.");
  });
}

export function openLabel() {
  const dialog = by("label");
  const those = chosen();
  if (!those.length) return;
  dialog.querySelector("[data-count]").textContent = counted(those.length);
  open(dialog, (how) => {
    if (how !== "done") return;
    const field = `label:${by("label-name").value.trim()}`;
    if (!put(those, field, by("label-text").value)) announce("Nothing changed.");
  });
  by("label-text").select();
}

export function openMove() {
  const dialog = by("move");
  const those = chosen();
  if (!those.length) return;
  dialog.querySelector("[data-count]").textContent = counted(those.length);
  open(dialog, (how) => {
    if (how === "done") moveToRow(those, Number(by("move-row").value), Number(root.dataset.first));
  });
  by("move-row").select();
}

export function openConflicts() {
  if (!conflicts.length) return false;
  by("conflict-rows").replaceChildren(...conflicts.map(choice));
  open(by("conflicts"), (how) => {
    if (how === "cancel") return;
    decide(how === "theirs");
  });
  return true;
}

function choice(conflict, index) {
  const row = document.createElement("tr");
  const head = document.createElement("th");
  head.scope = "row";
  head.textContent = conflict.event || "Deleted event";
  const cell = document.createElement("td");
  cell.textContent = conflict.title;
  row.append(head, cell, option(conflict, index, "theirs", false), option(conflict, index, "mine", true));
  return row;
}

function option(conflict, index, which, checked) {
  const cell = document.createElement("td");
  const label = document.createElement("label");
  label.className = "check";
  const radio = Object.assign(document.createElement("input"), { type: "radio", name: `conflict-${index}`, value: which, checked });
  const said = document.createElement("span");
  said.textContent = conflict[`${which}_words`];
  label.append(radio, said);
  cell.append(label);
  return cell;
}

function decide(allTheirs) {
  const mine = conflicts.filter((_, index) => !allTheirs && by("conflict-rows").querySelector(`[name=conflict-${index}]:checked`).value === "mine");
  for (const conflict of conflicts) if (!mine.includes(conflict)) takeTheirs(conflict);
  conflicts.length = 0;
  const cells = mine.map(({ id, field, theirs, mine: value }) => ({ id, field, was: theirs, value }));
  const returned = [...new Set(mine.filter(({ deleted }) => deleted).map(({ id }) => id))];
  if (cells.length) save({ return: returned, cells });
  else settle();
}

function takeTheirs({ id, field, theirs, deleted }) {
  const row = rowOf(id);
  if (deleted) row?.remove();
  else if (row && fields.includes(field)) {
    show(cellOf(row, field), theirs);
    row.classList.remove("is-saving");
  }
}

export function startDialogs() {
  document.querySelectorAll("dialog.dialog").forEach(listen);
  onChoose(openConflicts);
  by("keys-open").addEventListener("click", () => by("keys").showModal());
  by("columns-open").addEventListener("click", (event) => {
    event.preventDefault();
    by("columns").showModal();
  });
  return { wanted: openWanted, label: openLabel, move: openMove, selected };
}
