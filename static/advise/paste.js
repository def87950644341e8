// The door for a plan: says what was pasted or chosen before it is sent, as the server reads it, and takes dropped files.

import { takeDroppedFiles } from "../base/dropped-files.js";

const LARGEST = 1024 * 1024; // what is larger is read once it is sent
const form = document.querySelector("[data-paste]");
const text = form.querySelector("textarea");
const file = form.querySelector("[type=file]");
const said = form.querySelector("[role=status]");
const sample = form.querySelector("[data-sample]");
const resting = said.textContent;
let waiting;
let asking = new AbortController();

sample.hidden = false;
sample.addEventListener("click", () => {
  text.value = text.placeholder;
  text.focus();
  look();
});
text.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(look, 200);
});
text.addEventListener("paste", () => setTimeout(look));
file.addEventListener("change", look);

takeDroppedFiles(form, file, look);
addEventListener("pageshow", look); // the browser may have kept the text

async function look() {
  clearTimeout(waiting);
  asking.abort();
  asking = new AbortController();
  const files = [...file.files];
  if (!files.length && !text.value.trim()) {
    said.textContent = resting;
    return;
  }
  const chosen = files.length === 1 ? `${files[0].name}: ` : files.length ? `${files.length} files: ` : "";
  const size = files.length ? files.reduce((sum, each) => sum + each.size, 0) : text.value.length;
  if (size > LARGEST) {
    said.textContent = `${chosen}ready to be placed.`;
    return;
  }
  try {
    const answer = await fetch(form.dataset.glance, { method: "POST", body: new FormData(form), signal: asking.signal });
    if (!answer.ok) throw new Error(answer.statusText);
    said.textContent = chosen + (await answer.json()).said;
  } catch (error) {
    if (error.name !== "AbortError") said.textContent = `${chosen}ready to be placed.`;
  }
}
