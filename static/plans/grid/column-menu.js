// The menu of a heading: which events of the column are answered, and how.

import { acceptCells, fillRows, put, putColumn } from "./actions.js";
import { focusCell } from "./focus.js";
import { counted, selected } from "./selection.js";
import { announce } from "../edits/save-status.js";
import { cellOf, fieldOf, headings, isQuestion, mayEdit, root, rows, table, valueOf } from "./table.js";

const menu = document.getElementById("column");
const list = document.getElementById("column-which");
const link = document.getElementById("column-question");
const questions = link?.getAttribute("href");
const accepting = document.getElementById("column-accept");
let heading = null;

export function openColumn(cell) {
  if (!mayEdit || !isQuestion(cell)) return;
  const field = fieldOf(cell);
  const offered = choices(field);
  focusCell(cell);
  if (!offered.length) {
    announce("There is no event to answer yet.");
    return;
  }
  heading = cell;
  document.getElementById("column-title").textContent = cell.title;
  document.getElementById("column-counts").textContent = counts(field);
  list.replaceChildren(...offered);
  accepting.hidden = rows().length >= Number(root.dataset.total) && !rows().some((row) => valueIn(row, field).endsWith("?"));
  link.href = `${questions}?question=${field}`;
  place(cell);
  menu.showPopover();
  cell.setAttribute("aria-expanded", "true");
  list.focus();
}

// Below its heading, or where the window has room for it.
function place(cell) {
  const box = cell.getBoundingClientRect();
  const widest = document.documentElement.clientWidth - 20 * parseFloat(getComputedStyle(document.documentElement).fontSize);
  menu.style.setProperty("--below", `${Math.round(box.bottom + 4)}px`);
  menu.style.setProperty("--beside", `${Math.round(Math.max(8, Math.min(box.left - 16, widest)))}px`);
}

const open = (field) => rows().filter((row) => valueIn(row, field) === "unsure");

// What the cell shows, be it an answer or what follows from properties and destinations.
function valueIn(row, field) {
  const cell = cellOf(row, field);
  return cell.classList.contains("d") ? "derived" : valueOf(cell);
}

function counts(field) {
  const values = rows().map((row) => valueIn(row, field));
  const suggested = values.filter((value) => value.endsWith("?")).length;
  const unanswered = values.filter((value) => value === "unsure").length;
  const parts = [[values.length - suggested - unanswered, "answered"], [suggested, "suggested"], [unanswered, "open"]];
  return parts.filter(([count]) => count).map(([count, word]) => `${count.toLocaleString("en")} ${word}`).join(", ");
}

function choices(field) {
  const total = Number(root.dataset.total);
  const shown = rows().length;
  const isWhole = shown >= total;
  const several = [
    ["selected", selected().length, (count) => `the ${count} selected`],
    ["shown", shown, (count) => (isWhole ? `all ${count}` : `the ${count} shown`)],
    ["open", open(field).length, (count) => `the ${count} shown that ${count === "1" ? "is" : "are"} open`],
  ].filter(([, count]) => count);
  const found = several.map(([value, count, text]) => new Option(text(count.toLocaleString("en")), value));
  if (!isWhole) found.push(new Option("all that are open in the plan", "plan-open"), new Option(`all ${total.toLocaleString("en")} of the plan`, "plan-all"));
  return found;
}

function act(how) {
  const field = fieldOf(heading);
  const which = list.value;
  menu.hidePopover();
  if (which.startsWith("plan-")) putColumn(field, how, which.replace("plan-", ""));
  else {
    const those = { selected, shown: rows, open: () => open(field) }[which]?.() ?? [];
    if (how === "accept") acceptCells(those.map((row) => cellOf(row, field)));
    else if (how === "fill") fillRows(those, field);
    else if (!put(those, field, how)) announce(`Nothing changed in ${counted(those.length)}.`);
  }
}

export function startColumns() {
  table.tHead.addEventListener("click", ({ target }) => {
    const cell = target.closest("th");
    if (cell?.parentElement === headings && !target.closest("button")) openColumn(cell);
  });
  menu?.addEventListener("click", ({ target }) => {
    const button = target.closest("[data-act]");
    if (button) act(button.dataset.act);
  });
  menu?.addEventListener("toggle", ({ newState }) => {
    if (newState === "open") return;
    heading.removeAttribute("aria-expanded");
    if (document.activeElement === document.body || menu.contains(document.activeElement)) focusCell(heading);
  });
  const follow = () => menu?.matches(":popover-open") && place(heading);
  for (const target of [table.parentElement, window]) target.addEventListener("scroll", follow, { passive: true });
}
