// A matrix that is wider than a sheet is printed in parts, each with the events and their placements. Without this
// script its columns are narrow on paper.

const WIDEST = 34; // destinations beside the names on A4, laid across
const BESIDE = 3; // columns that every part has

let parts = null;

addEventListener("beforeprint", () => {
  join();
  const table = document.querySelector("table.matrix:not(.matrix--list)");
  if (!table) return;
  const count = table.querySelector(".matrix__names").cells.length - BESIDE;
  if (count <= WIDEST) return;
  const number = Math.ceil(count / WIDEST);
  parts = document.createElement("div");
  for (let part = 0; part < number; part += 1) {
    parts.append(...made(table, Math.floor((count * part) / number), Math.floor((count * (part + 1)) / number), count));
  }
  table.parentElement.classList.add("is-split");
  table.after(parts);
});
addEventListener("afterprint", join);

function made(table, start, end, count) {
  const title = document.createElement("p");
  title.className = "matrix__part";
  title.textContent = `Destinations ${start + 1} to ${end} of ${count}`;
  const copy = table.cloneNode(true);
  copy.classList.add("matrix--part");
  copy.querySelector(".matrix__groups").remove();
  for (const row of copy.rows) {
    const cells = [...row.cells].slice(BESIDE);
    if (cells[0]?.colSpan > 1) cells[0].colSpan = end - start;
    else for (const cell of cells.filter((_, index) => index < start || index >= end)) cell.remove();
  }
  return [title, copy];
}

function join() {
  parts?.remove();
  parts = null;
  document.querySelector(".matrix-wrap.is-split")?.classList.remove("is-split");
}
