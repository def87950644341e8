// What is done in the grid, saved one after the other. Every new event brings its own id and every cell what it held
// before, so that sending something twice does no harm.

import { showAnswer } from "./rows.js";
import { refresh } from "./selection.js";
import { cellOf, fields, root, rowOf, show } from "./table.js";
import { post, SaveQueue } from "../edits/save-queue.js";
import { announce, failed, saved, saving, undecided } from "../edits/save-status.js";

export const conflicts = [];
const listeners = { saved: [], settled: [], choose: () => {}, outdated: () => {} };
const queue = new SaveQueue(`grid-${root.dataset.plan}`, { send, taken, saving, settled: settle, failed });

export function onSaved(listener) {
  listeners.saved.push(listener);
}

export function onSettled(listener) {
  listeners.settled.push(listener);
}

export const whenSettled = () => new Promise((resolve) => { waiting.push(resolve); });

// More rows changed than an answer has, or one has no place among those shown.
export function onOutdated(listener) {
  listeners.outdated = listener;
}

export function onChoose(listener) {
  listeners.choose = listener;
}

export const isIdle = () => queue.isIdle;

// `as` is "undo" or "redo" where it is one, so that it can be undone in turn.
export function save(changes, as = "") {
  queue.add({ changes, as });
}

function send({ changes, as }) {
  const headers = { "Content-Type": "application/json", "X-CSRFToken": root.dataset.token };
  return post(root.dataset.changes + (as === "undo" ? "&undo=1" : ""), JSON.stringify(changes), headers);
}

function taken(item, answer) {
  if (answer.isRefused) {
    for (const { id } of item.changes.add ?? []) rowOf(id)?.remove();
    refusals.push(answer.message);
    announce(`Not saved. ${answer.message}`);
    return;
  }
  received(answer, item.as);
}

const refusals = [];
const waiting = [];
let isOutdated = false;

// Shows an answer, and once more what was typed since and is not sent yet.
export function received(answer, as = "") {
  isOutdated ||= answer.reload || !showAnswer(answer);
  refresh();
  for (const { changes } of queue.items) overlay(changes);
  for (const trouble of answer.refused) {
    markOff(trouble, trouble.value);
    refusals.push(trouble.message);
  }
  for (const conflict of answer.conflicts) {
    conflicts.push(conflict);
    markOff(conflict, conflict.mine);
  }
  announce(answer.says);
  for (const listener of listeners.saved) listener(answer, as);
}

function markOff({ id, field }, value) {
  const row = rowOf(id);
  if (!row || !fields.includes(field)) return;
  show(cellOf(row, field), value);
  cellOf(row, field).classList.add("is-off");
  row.classList.remove("is-saving");
}

function overlay(changes) {
  for (const { id, field, value } of changes.cells ?? []) {
    const row = rowOf(id);
    if (row && fields.includes(field)) show(cellOf(row, field), value);
  }
}

export function settle() {
  if (!isIdle()) return;
  if (isOutdated) {
    isOutdated = false;
    listeners.outdated();
  }
  if (conflicts.length) undecided(changedByOthers(conflicts.length), listeners.choose);
  else if (refusals.length) failed(refusals.splice(0).join(" "));
  else saved();
  for (const listener of listeners.settled) listener();
  for (const done of waiting.splice(0)) done();
}

function changedByOthers(count) {
  return `${count === 1 ? "1 cell was" : `${count} cells were`} changed by someone else.`;
}

export function startSaving(redraw) {
  addEventListener("beforeunload", (event) => {
    if (!isIdle() || conflicts.length) event.preventDefault();
  });
  if (!queue.items.length) return;
  for (const { changes } of queue.items) redraw(changes);
  for (const { changes } of queue.items) overlay(changes);
  announce("Some changes from before were not saved yet. They are being sent now.");
  queue.pump();
}
