// A matrix that is wider than a sheet is printed in parts, each with the events and their placements. Without this
// script its columns are narrow on paper, with marks alone.

const WIDEST = 14; // destinations beside the names on A4, laid across
const BESIDE = 3; // columns that every part has

let parts = null;

addEventListener("beforeprint", () => {
  join();
  const table = document.querySelector("table.matrix--wide");
  if (!table) return;
  parts = document.createElement("div");
  const count = table.tHead.rows[0].cells.length - BESIDE;
  const number = Math.ceil(count / WIDEST);
  for (let part = 0; part < number; part += 1) {
    parts.append(...made(table, Math.floor((count * part) / number), Math.floor((count * (part + 1)) / number), count));
  }
  table.parentElement.classList.add("is-split");
  table.parentElement.after(parts);
});
addEventListener("afterprint", join);

function made(table, start, end, count) {
  const title = document.createElement("p");
  title.className = "matrix__part";
  title.textContent = `Destinations ${start + 1} to ${end} of ${count}`;
  const copy = table.cloneNode(true);
  copy.classList.replace("matrix--wide", "matrix--part");
  for (const row of copy.rows) {
    for (const cell of [...row.cells].slice(BESIDE).filter((_, index) => index < start || index >= end)) cell.remove();
  }
  return [title, copy];
}

function join() {
  parts?.remove();
  parts = null;
  document.querySelector(".matrix-wrap.is-split")?.classList.remove("is-split");
}
