// Rows to and from a spreadsheet: copied as tab-separated text, pasted with a preview that changes nothing.

import { open } from "./dialogs.js";
import { currentCell } from "./focus.js";
import { received, settle } from "./saving.js";
import { targets } from "./selection.js";
import { announce } from "../edits/save-status.js";
import { cellOf, fields, isDerived, isLabel, mayEdit, root, table, titles, valueOf } from "./table.js";

const LARGEST = 1_000_000; // characters; a form may hold 1 MiB
const dialog = document.getElementById("paste");
const box = document.getElementById("paste-box");
const blank = document.getElementById("paste-form");

const isInGrid = () => table.contains(document.activeElement) && !document.activeElement.matches("input, select");

export function startPaste() {
  document.addEventListener("copy", (event) => {
    if (!isInGrid() || String(getSelection())) return;
    const those = targets(currentCell().parentElement);
    if (!those.length) return;
    event.preventDefault();
    event.clipboardData.setData("text/plain", asText(those));
    announce(`${those.length === 1 ? "1 row" : `${those.length} rows`} copied, with headings.`);
  });
  if (!mayEdit) return;
  document.addEventListener("paste", (event) => {
    const text = event.clipboardData.getData("text/plain");
    const isBlock = table.contains(document.activeElement) && /[\t\n]/.test(text.trim());
    if (!isInGrid() && !isBlock) return;
    event.preventDefault();
    document.activeElement.blur();
    openPaste(text);
  });
  document.getElementById("paste-open").addEventListener("click", () => openPaste(""));
  box.addEventListener("click", ({ target }) => {
    if (target.closest("[data-preview]")) preview(new FormData(), document.getElementById("paste-text").value);
  });
  box.addEventListener("click", (event) => {
    if (!event.target.closest("[data-cancel]")) return;
    event.preventDefault();
    dialog.close("cancel");
  });
  box.addEventListener("submit", (event) => {
    event.preventDefault();
    ask(new FormData(event.target, event.submitter));
  });
  box.addEventListener("change", ({ target }) => {
      if (target.matches("select, [name=heading], [name=missing], [name=fill]")) target.form.requestSubmit(target.form.querySelector("[name=confirm][value='']"));
  });
}

function openPaste(text) {
  box.replaceChildren(blank);
  document.getElementById("paste-text").value = text;
  open(dialog);
  if (text.trim()) preview(new FormData(), text);
}

function preview(form, text) {
  form.set("text", text);
  ask(form);
}

async function ask(form) {
  if (form.get("text").length > LARGEST) {
    complain("That is more than 1 MiB. Paste fewer rows at once.");
    return;
  }
  form.set("csrf_token", root.dataset.token);
  complain("Reading the rows…", "info");
  try {
    const response = await fetch(root.dataset.paste, { method: "POST", body: form });
    if (response.status === 413) complain("That is more than 1 MiB. Paste fewer rows at once.");
    else if (!response.ok) complain("The server has a problem. Nothing was changed.");
    else if (response.headers.get("Content-Type").startsWith("application/json")) finish(await response.json());
    else showPreview(await response.text());
  } catch {
    complain("The server can’t be reached. Nothing was changed; try again.");
  }
}

function showPreview(html) {
  const page = new DOMParser().parseFromString(html, "text/html");
  const focused = document.activeElement?.matches("#paste-box select") ? document.activeElement.id : "";
  box.replaceChildren(...page.body.children);
  const title = document.getElementById("preview-title");
  dialog.setAttribute("aria-labelledby", title.id);
  const again = focused && document.getElementById(focused);
  (again || box.querySelector(".btn--primary") || title).focus();
}

function finish(answer) {
  dialog.close("done");
  received(answer);
  settle();
}

function complain(text, kind = "bad") {
  let note = box.querySelector("[data-note]");
  if (!note) {
    note = document.createElement("p");
    note.dataset.note = "";
    box.prepend(note);
  }
  note.className = kind === "bad" ? "note note--bad" : "note";
  note.setAttribute("role", kind === "bad" ? "alert" : "status");
  note.textContent = text;
}

// The rows with headings, as the grid reads them again.
function asText(those) {
  const columns = fields.map((field, index) => ({ field, title: titles[index] })).filter(({ field }) => field !== "select");
  const lines = those.map((row) => columns.map(({ field }) => quoted(said(row, field))).join("\t"));
  return [columns.map(({ title }) => quoted(title)).join("\t"), ...lines].join("\n");
}

function said(row, field) {
  const cell = cellOf(row, field);
  if (field === "placement") return cell.textContent.trim();
  const value = valueOf(cell);
  if (field === "destinations") return value === "all" ? "all" : value.join("; ") || "none";
  if (field === "name" || field === "call" || isLabel(cell)) return value;
  if (isDerived(cell) && !cell.dataset.own) return cell.firstChild.textContent.toLowerCase();
  return { yes: "yes", no: "no", unsure: "?" }[value.replace("?", "")];
}

function quoted(text) {
  return /["\t\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
