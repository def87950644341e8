// Settings: destinations are found while one types, and added and removed without a new page. Without this script, the
// buttons do the same by saving the form.

import { saveWith } from "../edits/form-saving.js";

const PAUSE = 150; // milliseconds after the last letter
const OWN = ["custom_name", "custom_web", "custom_mobile", "custom_server"];
const form = document.getElementById("settings");
let timer;
let running;

document.querySelector("[data-find]").hidden = true;
document.addEventListener("advisor:shown", ({ detail }) => {
  for (const button of detail.querySelectorAll("[data-find]")) button.hidden = true;
});

form.addEventListener("input", ({ target }) => {
  if (target.id !== "q") return;
  clearTimeout(timer);
  timer = setTimeout(find, PAUSE);
});
form.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.target.id !== "q") return;
  event.preventDefault();
  find();
});
document.addEventListener("submit", (event) => {
  if (event.target !== form || !event.submitter || !("handled" in event.submitter.dataset)) return;
  event.preventDefault();
  const { name, value } = event.submitter;
  if (name) change(name, value);
  else if ("tool" in event.submitter.dataset) addOwn();
  else find();
});

async function change(name, value) {
  await saveWith([[name, value]]);
  const search = document.getElementById("q");
  if (name === "add") {
    search.focus();
    search.select();
  } else if (document.activeElement === document.body) search.focus({ preventScroll: true });
}

async function addOwn() {
  const { custom_name: typed } = form.elements;
  await saveWith(OWN.map((name) => [name, form.elements[name].value]));
  if (![...document.querySelectorAll("[data-refused]")].some(({ dataset }) => OWN.includes(dataset.refused))) typed.value = "";
}

async function find() {
  running?.abort();
  running = new AbortController();
  const query = new URLSearchParams({ q: document.getElementById("q").value });
  try {
    const response = await fetch(`${form.dataset.found}?${query}`, { signal: running.signal });
    if (response.ok) show(await response.text());
  } catch (error) {
    if (error.name !== "AbortError" && !(error instanceof TypeError)) throw error; // offline: the list stays as it is
  }
}

function show(html) {
  const fresh = new DOMParser().parseFromString(html, "text/html").getElementById("found");
  document.getElementById("found").replaceWith(fresh);
  document.dispatchEvent(new CustomEvent("advisor:shown", { detail: fresh }));
}
