// A table with data-rows (the prefix of its inputs) always ends in a blank row: typing into the last one adds another.

const NUMBER = /\d+/;

for (const table of document.querySelectorAll("table[data-rows]")) {
  const rows = table.tBodies[0];
  rows.addEventListener("input", ({ target }) => {
    const last = rows.rows[rows.rows.length - 1];
    if (last.contains(target) && target.value) rows.append(blankAfter(last));
  });
}

function blankAfter(row) {
  const place = row.parentElement.rows.length; // places count from 0, the labels from 1
  const made = row.cloneNode(true);
  for (const element of made.querySelectorAll("[id]")) element.id = element.id.replace(NUMBER, place);
  for (const control of made.querySelectorAll("input, select")) {
    control.name = control.name.replace(NUMBER, place);
    control.setAttribute("aria-label", control.getAttribute("aria-label")?.replace(NUMBER, place + 1) ?? "");
    control.removeAttribute("aria-invalid");
    if (control.type === "checkbox") control.checked = false;
    else if (control.tagName === "SELECT") control.selectedIndex = 0;
    else control.value = "";
  }
  for (const error of made.querySelectorAll(".error")) error.remove();
  return made;
}
