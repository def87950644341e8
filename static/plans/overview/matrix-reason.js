// Why a cell of the matrix is as it is. Hovering or focusing shows it, Enter or a click goes into it, Esc closes it.

const PATIENCE = 250; // milliseconds that the pointer rests before something shows
const GAP = 6; // pixels between a cell and its reason

const box = document.createElement("div");
let shown = null; // the cell whose reason is shown
let entered = false; // whether the focus is inside
let timer;

export const isOpen = () => shown !== null;

export function startReasons() {
  box.id = "reason";
  box.className = "reason";
  box.hidden = true;
  box.setAttribute("role", "group");
  box.setAttribute("aria-label", "Why");
  document.querySelector("main").append(box);
  box.addEventListener("pointerenter", () => clearTimeout(timer));
  box.addEventListener("pointerleave", later(hideUnlessEntered));
  box.addEventListener("focusout", ({ relatedTarget }) => {
    if (entered && !box.contains(relatedTarget)) closeReason();
  });
  document.addEventListener("pointerover", ({ target, pointerType }) => {
    if (pointerType === "touch" || entered || box.contains(target)) return;
    const cell = cellAt(target);
    clearTimeout(timer);
    timer = setTimeout(() => (cell ? show(cell) : hideUnlessEntered()), PATIENCE);
  });
  document.addEventListener("click", (event) => {
    const cell = cellAt(event.target);
    const elsewhere = event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0;
    if (cell && !elsewhere) {
      event.preventDefault();
      openReason(cell);
    } else if (shown && !box.contains(event.target)) closeReason();
  });
  addEventListener("scroll", ({ target }) => target !== box && shown && !entered && place(), true);
  addEventListener("resize", () => closeReason());
}

function later(act) {
  return () => {
    clearTimeout(timer);
    timer = setTimeout(act, PATIENCE);
  };
}

// Cells of destinations, and the placement; the event's name is a link of its own.
function cellAt(target) {
  return target.closest?.(".matrix:not(.matrix--list) tbody td:not(.matrix__sum, .matrix__blank), .matrix--list tbody td[data-why]") ?? null;
}

// Shows the reason of a cell that has the focus; nothing for a cell that has none.
export function peek(cell) {
  clearTimeout(timer);
  if (cellAt(cell)) show(cell);
  else closeReason();
}

export function openReason(cell) {
  if (!cellAt(cell)) return;
  show(cell);
  entered = true;
  box.querySelector("a").focus({ preventScroll: true });
}

// Returns the cell that the focus belongs to again, if the focus was inside.
export function closeReason() {
  clearTimeout(timer);
  const cell = entered ? shown : null;
  shown?.removeAttribute("aria-describedby");
  shown = null;
  entered = false;
  box.hidden = true;
  return cell;
}

function hideUnlessEntered() {
  if (!entered && shown && shown !== document.activeElement) closeReason();
}

function show(cell) {
  if (shown === cell) return;
  closeReason();
  shown = cell;
  const row = cell.parentElement;
  const head = cell.closest("table").tHead.querySelector(".matrix__names").cells[cell.cellIndex];
  const placement = cell.cellIndex === 1;
  const sent = !placement && cell.querySelector("a") && !cell.querySelector(".to--bad");
  const title = document.createElement("p");
  title.className = "reason__title";
  title.append(nameOf(row.cells[0]), placement ? ": placement" : " → ", placement ? "" : nameOf(head));
  box.replaceChildren(title, ...reason(cell.dataset.why ?? "0"), ...(sent ? reason(row.dataset.why) : []), link(cell));
  cell.setAttribute("aria-describedby", box.id);
  box.hidden = false;
  place();
}

function nameOf(cell) {
  const name = document.createElement("b");
  const text = cell.querySelector("bdi").textContent;
  const isolated = document.createElement("bdi");
  isolated.textContent = text.length > 80 ? `${text.slice(0, 80)}…` : text;
  name.append(isolated);
  return name;
}

function reason(number) {
  return [...document.getElementById("reasons").children[Number(number)].cloneNode(true).children];
}

function link(cell) {
  const line = document.createElement("p");
  const anchor = document.createElement("a");
  const own = cell.querySelector("a");
  anchor.href = own ? own.href : `${cell.parentElement.querySelector("th a").href}#${cell.cellIndex === 1 ? "reasons" : "wanted"}`;
  anchor.textContent = own || cell.cellIndex === 1 ? "Open the advice" : "Open the event";
  line.append(anchor);
  return line;
}

// Below the cell, or above it where there is no room; never out of the window, and gone when its cell is.
function place() {
  const cell = shown.getBoundingClientRect();
  const frame = shown.closest(".matrix-wrap").getBoundingClientRect();
  if (cell.bottom < frame.top || cell.top > frame.bottom || cell.right < frame.left || cell.left > frame.right) {
    closeReason();
    return;
  }
  const { offsetWidth: width, offsetHeight: height } = box;
  const below = cell.bottom + GAP + height <= innerHeight;
  box.style.top = `${Math.max(GAP, below ? cell.bottom + GAP : cell.top - GAP - height)}px`;
  box.style.left = `${Math.max(GAP, Math.min(cell.left, document.documentElement.clientWidth - width - GAP))}px`;
}
