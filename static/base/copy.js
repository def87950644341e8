// Copy buttons, for elements with data-copy (its value says what is copied) and for links with data-copy-link.
// Browsers offer the clipboard to scripts on https and on this machine only; without it there are no buttons.

import { icon } from "./icons.js";

const MOMENT = 2000; // milliseconds

if (navigator.clipboard) {
  offer(document);
  document.addEventListener("advisor:shown", ({ detail }) => offer(detail));
}

function offer(root) {
  for (const code of root.querySelectorAll("[data-copy]:not(:has(button))")) {
    code.firstElementChild.append(button("Copy", code.dataset.copy, () => textOf(code)));
  }
  for (const link of root.querySelectorAll("[data-copy-link]")) {
    link.after(button("Copy the link", "", () => link.href));
  }
}

// The code, or else lists in lines; then the comment that says where it is from.
function textOf(block) {
  const code = block.querySelector("pre");
  const text = code ? code.textContent : [...block.querySelectorAll("[data-copy-text]")].map(linesOf).join("\n\n");
  return block.dataset.copyNote ? `${text.trimEnd()}\n${block.dataset.copyNote}\n` : text;
}

function linesOf(list) {
  const items = [...list.children].map((item) => `- ${item.textContent.replace(/\s+/g, " ").trim()}`);
  return [list.dataset.copyText, ...items].join("\n");
}

function button(word, what, text) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "btn btn--quiet btn--small no-print";
  const label = document.createElement("span");
  label.textContent = word;
  const named = document.createElement("span");
  named.className = "vh";
  named.textContent = what && ` ${what}`;
  made.append(icon("copy"), label, named);
  made.addEventListener("click", async () => {
    await navigator.clipboard.writeText(text());
    label.textContent = "Copied";
    document.getElementById("status")?.replaceChildren("Copied");
    setTimeout(() => (label.textContent = word), MOMENT);
  });
  return made;
}
