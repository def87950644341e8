// Changes that another page left unsaved, sent from the next page of the app. A message is shown only for changes that can't be sent.

import { leftBehind, rest, SaveQueue, sendAsPage, sendForm } from "../plans/edits/save-queue.js";

const form = document.querySelector("form[data-saves]");
const grid = document.getElementById("grid");
const own = form ? new URL(form.action).pathname : grid && `grid-${grid.dataset.plan}`;

for (const { name, page, items } of leftBehind()) {
  if (name === own) continue;
  if (name.startsWith("grid-")) say(name, "Changes in a grid aren’t saved yet. The grid sends them.", "Open the grid", () => location.assign(page));
  else send(name, items[0].title);
}

function send(name, title) {
  const queue = new SaveQueue(name, {
    send: sendForm,
    saving: () => {},
    taken: (item, answer) => queue.items.forEach((later) => !later.as && rest(later, item, answer)),
    settled: () => say(name, ""),
    failed: (message, retry, isFinal) => {
      if (isFinal) queue.clear(); // nobody can save it any more: say so once
      say(name, `${title} isn’t saved${isFinal ? "" : ", trying again"}. ${message}`, isFinal ? "" : "Try again", retry);
    },
    conflicting: () => say(name, `${title} isn’t saved: someone else changed it meanwhile.`, "Choose what to keep", () => {
      const newest = queue.items.at(-1);
      queue.clear();
      sendAsPage(newest);
    }),
  });
  queue.pump();
}

// One note for each queue; without words it goes.
function say(name, words, label = "", act = () => {}) {
  const id = `outbox-${name}`;
  document.getElementById(id)?.remove();
  if (!words) return;
  const note = Object.assign(document.createElement("div"), { id, className: "note note--warn note--outbox" });
  note.setAttribute("role", "status");
  const text = Object.assign(document.createElement("p"), { textContent: words });
  const button = Object.assign(document.createElement("button"), { type: "button", className: "btn btn--small", textContent: label });
  button.addEventListener("click", () => act());
  const row = Object.assign(document.createElement("div"), { className: "row row--spread" });
  row.append(text, ...(label ? [button] : []));
  note.append(row);
  document.getElementById("main").prepend(note);
}
