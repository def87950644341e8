// What the table of properties does at once, and without this script through a round to the server: mark a sensitive
// row, make room inside one, and take rows that were copied from a spreadsheet.

const PLACE = /(properties-)\d+/;

document.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-mark], button[name=inside]");
  if (!button) return;
  event.preventDefault();
  if (button.dataset.mark) mark(button.dataset.mark.split(" "));
  else makeRoom(button.closest("tr"));
});

// A row that got a name and may hold others can be given a field inside.
document.addEventListener("input", ({ target }) => {
  const row = target.closest?.("table[data-rows=properties] tbody tr");
  const button = row?.querySelector("button[name=inside]");
  if (!button) return;
  const type = row.querySelector("select[name$='-type']").value.split("|");
  const mayHold = ["object", "array", "any"].some((each) => type.includes(each));
  button.hidden = !row.querySelector("input[name$='-name']").value.trim() || !mayHold;
});

// After a save each row rests on its property as it is stored now, and rows that were removed go.
document.addEventListener("advisor:saved", ({ detail: { origins, rows, isLast } }) => {
  if (!origins) return;
  rows.forEach((row, place) => {
    row.querySelector("input[name$='-origin']").value = origins[place] ?? "";
  });
  const table = document.querySelector("table[data-rows=properties]");
  const ticked = [...table.tBodies[0].rows].filter((row) => row.querySelector("input[name$='-remove']").checked);
  const gone = isLast ? ticked.filter((row) => row.nextElementSibling) : []; // the blank one stays
  for (const row of gone) takeOut(row);
  if (gone.length) renumber(table.tBodies[0]);
  count(table);
});

// A row goes with all that stands inside it; the one after it gets the focus.
function takeOut(row) {
  const had = row.contains(document.activeElement);
  const level = levelOf(row);
  let next = row.nextElementSibling;
  while (next?.nextElementSibling && levelOf(next) > level) {
    const inside = next;
    next = next.nextElementSibling;
    inside.remove();
  }
  row.remove();
  if (had) next?.querySelector("input[name$='-name']").focus();
}

function count(table) {
  const named = [...table.tBodies[0].rows].filter((row) => !levelOf(row) && row.querySelector("input[name$='-name']").value.trim());
  document.getElementById("properties-count").textContent = named.length;
}

document.addEventListener("paste", (event) => {
  const pasted = document.getElementById("pasted");
  const text = event.clipboardData.getData("text/plain");
  const isName = event.target.matches?.("table[data-rows=properties] input[name$='-name']");
  if (!pasted || !isName || !/[\t\n]/.test(text.trim())) return;
  event.preventDefault();
  pasted.value = text;
  document.getElementById("paste").open = true;
  changed(pasted);
  pasted.focus();
});

function mark(ids) {
  for (const id of ids) {
    const tick = document.getElementById(id);
    tick.checked = true;
  }
  changed(document.getElementById(ids[0]));
  document.getElementById(ids[0]).focus();
}

function makeRoom(row) {
  const level = levelOf(row) + 1;
  let last = row;
  while (last.nextElementSibling && levelOf(last.nextElementSibling) >= level) last = last.nextElementSibling;
  const made = emptied(row.cloneNode(true));
  made.dataset.level = Math.min(level, 4);
  made.querySelector("[data-level-of-row]").value = level;
  last.after(made);
  renumber(row.parentElement);
  made.querySelector("input[name$='-name']").focus();
}

function levelOf(row) {
  return Number(row.querySelector("[data-level-of-row]").value);
}

function emptied(row) {
  for (const control of row.querySelectorAll("input, select")) {
    control.removeAttribute("aria-invalid");
    control.removeAttribute("aria-describedby");
    if (control.type === "checkbox") control.checked = false;
    else if (control.tagName === "SELECT") control.selectedIndex = 0;
    else control.value = "";
  }
  for (const part of row.querySelectorAll(".error")) part.remove();
  for (const button of row.querySelectorAll("button")) button.hidden = true;
  for (const part of row.querySelectorAll(".props__call > span")) part.textContent = "–";
  return row;
}

// Places count from 0, the labels from 1.
function renumber(rows) {
  [...rows.rows].forEach((row, place) => {
    for (const element of row.querySelectorAll("[id], [name], [aria-label]")) {
      if (element.id) element.id = element.id.replace(PLACE, `$1${place}`);
      if (element.name) element.name = element.name.replace(PLACE, `$1${place}`);
      const label = element.getAttribute("aria-label");
      if (label) element.setAttribute("aria-label", label.replace(/\d+/, place + 1));
      if (element.name !== "inside") continue;
      element.value = place;
      element.querySelector(".vh").textContent = `Add a field inside property ${place + 1}`;
    }
  });
}

function changed(control) {
  control.dispatchEvent(new Event("input", { bubbles: true }));
}
