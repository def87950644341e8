// What was done waits in a queue until the server has it. The queue outlives a reload and a lost connection; every new
// event brings its own id and every cell what it held before, so that sending something twice does no harm.

import { showAnswer } from "./grid-rows.js";
import { refresh } from "./grid-selection.js";
import { announce, failed, saved, saving, undecided } from "./grid-status.js";
import { cellOf, fields, root, rowOf, show } from "./grid-table.js";

const QUEUE = `grid-queue-${root.dataset.plan}`;
const PATIENCE = 20_000; // milliseconds until an answer counts as lost
const PAUSES = [2, 4, 8, 15, 30]; // seconds until the next try
const LOST = "The server can’t be reached. What you typed is kept, and sent when it is back.";

export const conflicts = [];
let queue = restored();
let running = false;
let tries = 0;
let timer;
const listeners = { saved: () => {}, choose: () => {} };

export function onSaved(listener) {
  listeners.saved = listener;
}

export function onChoose(listener) {
  listeners.choose = listener;
}

export const isIdle = () => !queue.length && !running;

// `as` is "undo" or "redo" where it is one, so that it can be undone in turn.
export function save(changes, as = "") {
  queue.push({ changes, as });
  keep();
  pump();
}

async function pump() {
  if (running) return;
  running = true;
  clearTimeout(timer);
  while (queue.length) {
    saving();
    try {
      const answer = await send(queue[0]);
      tries = 0;
      const item = queue.shift();
      keep();
      taken(item, answer);
    } catch (error) {
      running = false;
      waitAndRetry(error);
      return;
    }
  }
  running = false;
  settle();
}

async function send({ changes, as }) {
  const response = await fetch(root.dataset.changes + (as === "undo" ? "&undo=1" : ""), {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-CSRFToken": root.dataset.token },
    body: JSON.stringify(changes),
    signal: AbortSignal.timeout(PATIENCE),
  });
  const isAnswer = response.headers.get("Content-Type")?.startsWith("application/json");
  if (response.status === 422 && isAnswer) return { refusal: (await response.json()).message };
  if (response.ok && isAnswer) return response.json();
  throw new Error(reason(response.status));
}

function reason(status) {
  if (status === 403) return "You may look at this plan, but not change it any more.";
  if (status === 404 || status === 410) return "This plan was deleted, or is no longer shared with you.";
  if (status === 413) return "That is too much at once.";
  if (status === 400) return "This page is too old. Reload it; what you typed is kept.";
  return "The server has a problem. What you typed is kept.";
}

function taken(item, answer) {
  if (answer.refusal) {
    for (const { id } of item.changes.add ?? []) rowOf(id)?.remove();
    refusals.push(answer.refusal);
    announce(`Not saved. ${answer.refusal}`);
    return;
  }
  received(answer, item.as);
}

const refusals = [];
let mustReload = false; // more rows changed than are sent

// Shows an answer, and once more what was typed since and is not sent yet.
export function received(answer, as = "") {
  showAnswer(answer);
  refresh();
  for (const { changes } of queue) overlay(changes);
  for (const trouble of answer.refused) {
    markOff(trouble, trouble.value);
    refusals.push(trouble.message);
  }
  for (const conflict of answer.conflicts) {
    conflicts.push(conflict);
    markOff(conflict, conflict.mine);
  }
  mustReload ||= answer.reload;
  announce(answer.says);
  listeners.saved(answer, as);
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
  if (mustReload) location.reload();
  if (conflicts.length) undecided(conflicts.length, listeners.choose);
  else if (refusals.length) failed(refusals.splice(0).join(" "));
  else saved();
}

function waitAndRetry(error) {
  failed(error instanceof TypeError || error.name === "TimeoutError" ? LOST : error.message, pump);
  timer = setTimeout(pump, PAUSES[Math.min(tries++, PAUSES.length - 1)] * 1000);
}

function keep() {
  try {
    if (queue.length) sessionStorage.setItem(QUEUE, JSON.stringify(queue));
    else sessionStorage.removeItem(QUEUE);
  } catch {
    // The browser keeps nothing for us: the warning before leaving the page is what remains.
  }
}

function restored() {
  try {
    return JSON.parse(sessionStorage.getItem(QUEUE)) ?? [];
  } catch {
    return [];
  }
}

export function startSaving(redraw) {
  addEventListener("online", () => pump());
  addEventListener("beforeunload", (event) => {
    if (!isIdle() || conflicts.length) event.preventDefault();
  });
  if (!queue.length) return;
  for (const { changes } of queue) redraw(changes);
  queue.forEach(({ changes }) => overlay(changes));
  announce("Some changes from before were not saved yet. They are being sent now.");
  pump();
}
