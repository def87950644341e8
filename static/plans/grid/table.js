// The grid as a table: its rows, its cells, what they hold, and how they show it.

export const root = document.getElementById("grid");
export const table = root.querySelector(".sheet");
export const mayEdit = "edit" in root.dataset;
export const headings = table.tHead.rows[1];
export const fields = [...headings.cells].map((cell) => cell.dataset.field ?? "select");
export const titles = [...headings.cells].map((cell) => cell.dataset.title ?? cell.textContent.trim());
const questions = [...headings.cells].map((cell) => cell.classList.contains("q"));
export const FIRST_QUESTION = questions.indexOf(true);
export const LAST_QUESTION = questions.lastIndexOf(true);
const WORDS = { yes: "Yes", no: "No", unsure: "Not sure" };
const SHORT = { yes: "y", no: "n", unsure: "u" };

// By way of the sections: a selector would look at every cell.
export const rows = () => [...table.tBodies].flatMap((section) => [...section.rows]).filter((row) => row.dataset.id);
export const newRow = () => document.getElementById("new-row")?.rows[0];
export const nameOf = (row) => row.cells[1].querySelector("bdi")?.textContent ?? "";
export const fieldOf = (cell) => fields[cell.cellIndex];
// Undefined for a column that isn't shown.
export const cellOf = (row, field) => row.cells[fields.indexOf(field)];
export const isQuestion = (cell) => questions[cell.cellIndex];
export const isLabel = (cell) => fieldOf(cell).startsWith("label:");
export const isHeading = (cell) => cell?.parentElement === headings;
export const isDerived = (cell) => cell.classList.contains("d");
export const isSuggested = (cell) => String(valueOf(cell)).endsWith("?");

const known = new Map();

// The row of an event, null if it is not on this page.
export function rowOf(id) {
  if (!known.get(id)?.isConnected) for (const row of rows()) know(row);
  const row = known.get(id);
  return row?.isConnected ? row : null;
}

export function know(row) {
  known.set(row.dataset.id, row);
}

// 128 random bits, as the server makes them. (crypto.randomUUID is missing on a plain http address.)
export function newId() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

// What a cell holds, as the server knows it: see advisor/web/plans/grid/cells.py.
export function valueOf(cell) {
  const field = fieldOf(cell);
  if (field === "name") return nameOf(cell.parentElement);
  if (field === "call" || isLabel(cell)) return cell.textContent;
  if (field === "destinations") return cell.dataset.value ? JSON.parse(cell.dataset.value) : "all";
  if (cell.dataset.own) return cell.dataset.own;
  const answer = Object.keys(SHORT).find((key) => cell.classList.contains(SHORT[key])) ?? "unsure";
  return cell.classList.contains("g") ? `${answer}?` : answer;
}

export const isSame = (one, other) => JSON.stringify(one) === JSON.stringify(other);

// Shows a value before the server has said what follows from it.
export function show(cell, value) {
  const field = fieldOf(cell);
  if (field === "name") cell.querySelector("bdi").textContent = value;
  else if (field === "call") cell.textContent = value;
  else if (isLabel(cell)) cell.querySelector("bdi").textContent = value;
  else if (field === "destinations") showWanted(cell, value);
  else if (isDerived(cell)) cell.dataset.own = value;
  else showAnswer(cell, value);
  cell.classList.remove("is-off");
  cell.parentElement.classList.add("is-saving");
}

function showWanted(cell, value) {
  if (value === "all") delete cell.dataset.value;
  else cell.dataset.value = JSON.stringify(value);
  cell.textContent = value === "all" ? "All" : value.length ? `${value.length} chosen` : "No tools";
}

function showAnswer(cell, value) {
  const answer = value.replace("?", "");
  cell.classList.remove("y", "n", "u", "g");
  cell.classList.add(SHORT[answer]);
  cell.replaceChildren(hidden(WORDS[answer]));
  if (value !== answer) {
    cell.classList.add("g");
    cell.append(hidden(", suggested"));
  }
}

function hidden(text) {
  const element = document.createElement("i");
  element.textContent = text;
  return element;
}

// A row for an event that the server does not know yet.
export function draftRow(id, name) {
  const row = newRow().cloneNode(true);
  row.className = "is-saving";
  row.dataset.id = id;
  row.setAttribute("aria-selected", "false");
  const bdi = document.createElement("bdi");
  bdi.textContent = name;
  for (const cell of row.cells) cell.removeAttribute("tabindex");
  row.cells[0].append(hidden("Select"));
  row.cells[1].replaceChildren(bdi);
  for (const [field, text] of [["call", "track"], ["destinations", "All"], ["placement", "…"]]) {
    if (cellOf(row, field)) cellOf(row, field).textContent = text;
  }
  for (const cell of row.querySelectorAll(".l")) cell.append(document.createElement("bdi"));
  for (const cell of row.querySelectorAll(".x")) {
    cell.className = "u";
    cell.append(hidden(WORDS.unsure));
  }
  return row;
}
