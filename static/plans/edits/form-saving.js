// A form with data-saves saves every change by itself, whole, with the revision that it rests on. Its data say more:
// data-saves is what it is called, data-undo the address that takes a change back, data-by-button the fields that count
// only when their button is pressed, data-parts the elements outside the form that show what it holds.

import { rest, SaveQueue, sendAsPage, sendForm } from "./save-queue.js";
import { showProblems } from "./save-problems.js";
import { announce, failed, saved, saving, state as status, undecided } from "./save-status.js";
import { UndoStack } from "./save-undo.js";

const WHILE_TYPING = 700; // milliseconds after the last letter
const TEXT = "textarea, input:not([type=radio], [type=checkbox], [type=hidden])";
const form = document.querySelector("form[data-saves]");
const name = new URL(form.action).pathname;
const byButton = (form.dataset.byButton ?? "").split(" ");
const waiting = []; // who waits until everything is saved, or can't be
const rowsOf = new WeakMap(); // the rows of properties as an item saw them
let timer = 0;
let problems = [];
let typedFrom = ""; // what the field with the focus held when it got it
let isLeaving = false;
let last = stateOf().toString(); // what the server has, or is told now

const queue = new SaveQueue(name, { send: sendForm, taken, saving, settled, conflicting, failed: notNow });
const stack = new UndoStack(name, { isIdle: () => queue.isIdle, take: takeBack, announce });

export const isSaved = () => queue.isIdle && !timer && stateOf().toString() === last;

// Saves what was changed. Resolves when that is done, or when it is clear that it can't be done now.
export function flush() {
  push();
  return queue.isIdle ? Promise.resolve() : new Promise((resolve) => waiting.push(resolve));
}

// Saves a change that is none of the form's fields, such as a destination to add; resolves like `flush`.
export async function saveWith(pairs) {
  await flush();
  const state = stateOf();
  for (const pair of pairs) state.append(...pair);
  queue.add(itemOf(state, { extra: true }));
  return flush();
}

function stateOf() {
  const state = new URLSearchParams(new FormData(form));
  for (const each of [...byButton, "revision", "seen"]) state.delete(each);
  return state;
}

function itemOf(state, more = {}) {
  state.set("revision", form.elements.revision.value);
  state.set("seen", form.elements.seen.value);
  const item = { address: form.action, body: state.toString(), title: form.dataset.saves, ...more };
  rowsOf.set(item, [...document.querySelectorAll("table[data-rows] tbody tr")]);
  return item;
}

function push() {
  clearTimeout(timer);
  timer = 0;
  const state = stateOf();
  if (state.toString() === last) return;
  last = state.toString();
  const item = itemOf(state);
  const newest = queue.items.at(-1);
  // A whole form makes the one before it pointless, unless the server may have that already: this one then rests on it.
  if (newest && !newest.extra && !newest.as && !newest.isSent) queue.items.pop();
  queue.add(item);
}

function taken(item, answer) {
  if (item.as) {
    undone(item, answer);
    return;
  }
  form.elements.revision.value = answer.revision;
  form.elements.seen.value = answer.seen;
  noteRevision();
  problems = answer.problems;
  showProblems(form, problems);
  const isLast = !queue.items.length && !timer;
  document.dispatchEvent(new CustomEvent("advisor:saved", { detail: { ...answer, rows: rowsOf.get(item) ?? [], isLast } }));
  if (isLast && stateWithoutRows(item) === stateWithoutRows({ body: stateOf().toString() })) last = stateOf().toString();
  for (const later of queue.items) {
    if (later.as || later.extra) rest(later, item, answer);
    else Object.assign(later, itemOf(stateOf()));
  }
  stack.remember(answer.undo);
  if (answer.go) leaveFor(answer.go);
  if (answer.shows?.length) show(answer.shows);
}

// What was typed while an answer was on its way is not saved yet; rows are numbered anew when some of them go.
function stateWithoutRows({ body }) {
  const state = new URLSearchParams(body);
  for (const key of [...state.keys()]) if (/^(properties-|revision$|seen$)/.test(key)) state.delete(key);
  return state.toString();
}

function settled() {
  if (problems.length) failed(problems.map(({ message }) => `${message}.`.replace(/\.\.$/, ".")).join(" "));
  else {
    if (status() === "failed") announce("Saved.");
    saved();
  }
  done();
}

function notNow(message, retry, isFinal) {
  failed(message, retry, isFinal);
  done();
}

function done() {
  for (const resolve of waiting.splice(0)) resolve();
}

// Someone else saved meanwhile. Who is typing finishes first; then both versions are shown to choose from.
function conflicting() {
  const typing = document.activeElement;
  if (typing?.form === form && typing.matches(TEXT)) {
    undecided("someone else changed this meanwhile.", choose);
    announce("Not saved: someone else changed this meanwhile.");
    typing.addEventListener("blur", choose, { once: true });
  } else choose();
  done();
}

function choose() {
  if (isLeaving) return;
  const { address, body } = queue.items.at(-1) ?? {};
  if (!address) return;
  const state = stateOf();
  for (const each of ["revision", "seen"]) state.set(each, new URLSearchParams(body).get(each));
  queue.clear();
  isLeaving = true;
  sendAsPage({ address, body: state.toString() });
}

function takeBack(number, as) {
  const body = new URLSearchParams({ number, csrf_token: form.elements.csrf_token.value });
  queue.add({ address: form.dataset.undo, body: body.toString(), title: form.dataset.saves, as });
}

async function undone({ as }, answer) {
  stack.remember(answer.undo, as);
  if (answer.message) {
    announce(answer.message);
    problems = [{ message: answer.message }];
    return;
  }
  problems = [];
  announce(as === "undo" ? "Undone." : "Done again.");
  await show((form.dataset.parts ?? "").split(" "), { whole: true });
}

// Shows parts of the page as the server has them now; the whole form too after an undo.
async function show(ids, { whole = false } = {}) {
  const search = document.getElementById("q")?.value;
  const response = await fetch(location.pathname + (search ? `?${new URLSearchParams({ q: search })}` : ""));
  if (!response.ok) return;
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const focused = document.activeElement?.id;
  const fresh = whole && page.querySelector("form[data-saves]");
  if (fresh) {
    form.replaceChildren(...fresh.childNodes);
    byHand(form);
    tell(form);
  }
  for (const id of ids) {
    const [old, now] = [document.getElementById(id), page.getElementById(id)];
    if (!old || !now) continue;
    old.replaceWith(now);
    byHand(now);
    tell(now);
  }
  followNames();
  if (fresh || queue.isIdle) last = stateOf().toString();
  noteRevision();
  if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
}

const tell = (shown) => document.dispatchEvent(new CustomEvent("advisor:shown", { detail: shown }));

function byHand(within) {
  for (const element of within.querySelectorAll("[data-by-hand]")) element.hidden = true;
}

function followNames() {
  for (const element of document.querySelectorAll("[data-follows]")) {
    const { value } = form.elements[element.dataset.follows];
    if (value.trim() && element.textContent !== value) {
      document.title = document.title.replace(element.textContent, value);
      element.textContent = value;
    }
  }
}

// The browser's way back may show a page from before the last change: then it is asked for again.
function noteRevision() {
  const key = `revision:${name}`;
  const known = Number(sessionStorage.getItem(key) ?? 0);
  const here = Number(form.elements.revision.value);
  if (here < known) return false;
  sessionStorage.setItem(key, String(here));
  return true;
}

function leaveFor(address) {
  isLeaving = true;
  location.assign(address);
}

async function leaveSaved(event, link) {
  event.preventDefault();
  event.stopImmediatePropagation();
  await flush();
  if (!isLeaving) location.assign(link.href);
}

// A button that does more than save goes on when everything is saved. It does not while that can't be done.
async function submitSaved(event) {
  event.preventDefault();
  event.stopImmediatePropagation();
  const { submitter } = event;
  await flush();
  await new Promise((resolve) => setTimeout(resolve)); // a form can't be sent again while this event is still under way
  if (!submitter?.name || !queue.isIdle || isLeaving) return;
  isLeaving = true;
  form.requestSubmit(submitter);
}

function leads(link, event) {
  const address = new URL(link.href, location.href);
  const isHere = address.href.split("#")[0] === location.href.split("#")[0] && address.hash;
  const isPlain = !event.button && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
  return isPlain && !isHere && !link.target && !link.hasAttribute("download");
}

function listen() {
  document.addEventListener("input", ({ target }) => {
    if (target.form !== form || byButton.includes(target.name)) return;
    clearTimeout(timer);
    timer = setTimeout(push, target.matches(TEXT) ? WHILE_TYPING : 0);
  });
  document.addEventListener("change", ({ target }) => {
    if (target.form === form && !byButton.includes(target.name)) push();
  });
  document.addEventListener("focusin", ({ target }) => {
    typedFrom = target.value ?? "";
  });
  document.addEventListener("keydown", onKey);
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href]");
    if (link && !isSaved() && leads(link, event)) leaveSaved(event, link);
  }, true);
  document.addEventListener("submit", (event) => {
    if (event.target === form && !isLeaving && !("handled" in (event.submitter?.dataset ?? {}))) submitSaved(event);
  }, true);
  document.addEventListener("advisor:saved", followNames);
  addEventListener("pagehide", push);
  addEventListener("beforeunload", (event) => {
    const isInDoubt = ["failed", "conflict"].includes(status()) || (queue.running && (queue.items.length > 1 || timer));
    if (isInDoubt && !isLeaving) event.preventDefault();
  });
  addEventListener("pageshow", ({ persisted }) => {
    isLeaving = false;
    const isBack = performance.getEntriesByType("navigation")[0]?.type === "back_forward";
    const known = Number(sessionStorage.getItem(`revision:${name}`) ?? 0);
    if ((persisted || isBack) && Number(form.elements.revision.value) < known) location.reload();
  });
}

// A field in which something was typed has an undo of its own.
function onKey(event) {
  const key = event.key.toLowerCase();
  if (event.defaultPrevented || event.altKey || !(event.ctrlKey || event.metaKey) || !"zy".includes(key)) return;
  const { target } = event;
  if (target.matches(TEXT) && target.value !== typedFrom) return;
  event.preventDefault();
  push();
  if (key === "z" && !event.shiftKey) stack.undo();
  else stack.redo();
}

function start() {
  form.autocomplete = "off"; // what a browser fills in again is older than what was saved
  byHand(document);
  for (const element of document.querySelectorAll("[data-scripted]")) element.hidden = false;
  listen();
  const { undoable } = document.getElementById("saving").dataset;
  if (undoable) stack.begin(Number(undoable));
  noteRevision();
  if (queue.items.length) {
    announce("Some changes from before were not saved yet. They are being sent now.");
    queue.pump().then(() => queue.isIdle && show((form.dataset.parts ?? "").split(" "), { whole: true }));
  }
}

start();
