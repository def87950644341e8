// Settings: destinations are found while one types, and added and removed without a new page. Enter adds the first one and
// empties the field, the arrows move to the others. Without this script, the buttons do the same by saving the form.

import { saveWith } from "../edits/form-saving.js";

const PAUSE = 150; // milliseconds after the last letter
const OWN = ["custom_name", "custom_web", "custom_mobile", "custom_server"];
const form = document.getElementById("settings");
let timer;
let running;
let shownFor = search().value; // what the list on the page was found for

prepare(document);
// Who comes to add tools can type at once. Before the page is loaded, the browser takes the focus away as it goes to the part.
if (location.hash === "#destinations") addEventListener("load", () => search().focus({ preventScroll: true }));
document.addEventListener("advisor:shown", ({ detail }) => prepare(detail));

form.addEventListener("input", ({ target }) => {
  if (target.id !== "q") return;
  clearTimeout(timer);
  timer = setTimeout(find, PAUSE);
});
form.addEventListener("keydown", onKey);
document.addEventListener("submit", (event) => {
  if (event.target !== form || !event.submitter || !("handled" in event.submitter.dataset)) return;
  event.preventDefault();
  press(event.submitter);
});

function search() {
  return document.getElementById("q");
}

function prepare(part) {
  for (const button of part.querySelectorAll("[data-find]")) button.hidden = true;
  for (const note of part.querySelectorAll("[data-script]")) note.hidden = false;
}

function press(button) {
  const { name, value } = button;
  if (name === "own") nameOwn(value);
  else if (name === "turn_on") turnOn();
  else if (name) change(name, value);
  else if ("tool" in button.dataset) addOwn();
  else find();
}

function onKey(event) {
  const isSearch = event.target.id === "q";
  const isSeveral = isSearch && search().value.includes("\n");
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.key === "Enter" && isSearch && !event.shiftKey && !isSeveral) {
    event.preventDefault();
    addFirst();
  } else if (["ArrowDown", "ArrowUp", "Escape"].includes(event.key) && !isSeveral) move(event, isSearch);
}

// The arrows move between the search field and the buttons of the list.
function move(event, isSearch) {
  const buttons = [...document.querySelectorAll("#found .pick button")];
  const at = buttons.indexOf(event.target);
  if (!isSearch && at < 0) return;
  const step = { ArrowDown: 1, ArrowUp: -1, Escape: -1 - at }[event.key];
  const next = at + step;
  if (next >= buttons.length || (isSearch && step < 0)) return;
  event.preventDefault();
  if (next < 0) search().focus();
  else buttons[next].focus();
}

async function addFirst() {
  const typed = search().value;
  if (!typed.trim()) return;
  if (shownFor !== typed) await find();
  // Neither a similar name nor the second of two is added without a look at it.
  const first = document.querySelector("#found .pick:not([data-near]) > li:first-child button");
  if (search().value !== typed || !first) return;
  search().value = "";
  press(first);
}

async function change(name, value) {
  const pairs = [[name, value]];
  if (name === "several") pairs.push(["q", search().value]);
  await saveWith(pairs);
  if (name === "add" || name === "several") search().focus();
  else if (document.activeElement === document.body) search().focus({ preventScroll: true });
  if (shownFor !== search().value) find();
}

function turnOn() {
  const box = form.elements.warehouse;
  box.checked = true;
  box.dispatchEvent(new Event("change", { bubbles: true }));
  search().focus();
}

function nameOwn(name) {
  document.getElementById("own").hidden = false;
  const field = form.elements.custom_name;
  field.value = name;
  field.focus();
}

async function addOwn() {
  const { custom_name: typed } = form.elements;
  await saveWith(OWN.map((name) => [name, form.elements[name].value]));
  if ([...document.querySelectorAll("[data-refused]")].some(({ dataset }) => OWN.includes(dataset.refused))) return;
  typed.value = "";
  document.getElementById("own").hidden = true;
  search().focus();
}

async function find() {
  clearTimeout(timer);
  running?.abort();
  running = new AbortController();
  const text = search().value;
  // One character more than is looked up at once is answered with the limit.
  const query = new URLSearchParams({ q: text.slice(0, Number(search().dataset.longest) + 1) });
  try {
    const response = await fetch(`${form.dataset.found}?${query}`, { signal: running.signal });
    if (!response.ok) return;
    show(await response.text());
    shownFor = text;
  } catch (error) {
    if (error.name !== "AbortError" && !(error instanceof TypeError)) throw error; // offline: the list stays as it is
  }
}

function show(html) {
  const fresh = new DOMParser().parseFromString(html, "text/html").getElementById("found");
  document.getElementById("found").replaceWith(fresh);
  document.dispatchEvent(new CustomEvent("advisor:shown", { detail: fresh }));
}
