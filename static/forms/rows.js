// A table with data-rows (the prefix of its inputs) always ends in a blank row: typing into the last one adds another.

const NUMBER = /\d+/;

document.addEventListener("input", ({ target }) => {
  const rows = target.closest?.("table[data-rows]")?.tBodies[0];
  const last = rows?.rows[rows.rows.length - 1];
  if (last?.contains(target) && target.value) rows.append(blankAfter(last));
});

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
    else control.value = control.matches("[data-level-of-row]") ? "0" : "";
  }
  for (const button of made.querySelectorAll("button[name=inside]")) {
    button.value = place;
    button.hidden = true;
    button.querySelector(".vh").textContent = button.querySelector(".vh").textContent.replace(NUMBER, place + 1);
  }
  for (const error of made.querySelectorAll(".error")) error.remove();
  return made;
}
