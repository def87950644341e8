// The checklist of a destination: ticks stay in this browser, for each plan. Without this script, or where the browser keeps
// nothing, the list has no boxes.

const list = document.querySelector("[data-ticks]");
const place = `ticks ${list.dataset.ticks}`;
const boxes = [...list.querySelectorAll("input")];
const ticked = load();

if (ticked) {
  for (const box of boxes) {
    box.checked = ticked.includes(box.value);
    box.hidden = false;
  }
  document.querySelector("[data-ticked]").hidden = false;
  list.addEventListener("change", keep);
  count();
}

function load() {
  try {
    const kept = JSON.parse(localStorage.getItem(place) ?? "[]");
    return Array.isArray(kept) ? kept : [];
  } catch (error) {
    return error instanceof SyntaxError ? [] : null; // the browser keeps nothing for this site
  }
}

function keep() {
  const values = boxes.filter((box) => box.checked).map((box) => box.value);
  if (values.length) localStorage.setItem(place, JSON.stringify(values));
  else localStorage.removeItem(place);
  count();
}

function count() {
  const done = boxes.filter((box) => box.checked).length;
  const number = document.querySelector("[data-count]");
  number.textContent = done ? `${done} of ${boxes.length} done` : `${boxes.length}`;
}
