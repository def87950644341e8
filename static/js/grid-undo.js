// Undo and redo for this visit. What undoes a change comes from the server, and is sent like any other change.

import { isIdle, onSaved, save } from "./grid-saving.js";
import { announce } from "./grid-status.js";
import { root } from "./grid-table.js";

const MOST = 200;
const KEY = `grid-undo-${root.dataset.plan}`;
const button = document.getElementById("undo");
let { done, undone } = restored();
let waiting = 0;

export function undo() {
  if (!isIdle()) waiting += 1; // what is being saved now is what shall be undone
  else if (done.length) take(done, "undo");
  else announce("There is nothing to undo.");
}

export function redo() {
  if (isIdle() && undone.length) take(undone, "redo");
}

function take(stack, as) {
  const changes = stack.pop();
  keep();
  save(changes, as);
}

function remember(answer, as) {
  if (Object.keys(answer.undo).length) {
    if (as === "undo") undone.push(answer.undo);
    else done.push(answer.undo);
    if (!as) undone = [];
    done = done.slice(-MOST);
  }
  keep();
  if (waiting) {
    waiting -= 1;
    setTimeout(undo);
  }
}

function keep() {
  if (button) button.disabled = !done.length;
  try {
    sessionStorage.setItem(KEY, JSON.stringify({ done, undone }));
  } catch {
    sessionStorage.removeItem(KEY); // too large to outlive a reload
  }
}

function restored() {
  try {
    return JSON.parse(sessionStorage.getItem(KEY)) ?? { done: [], undone: [] };
  } catch {
    return { done: [], undone: [] };
  }
}

export function startUndo() {
  onSaved(remember);
  button?.addEventListener("click", undo);
  keep();
}
