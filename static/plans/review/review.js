// The box for all events: its tick shows in the boxes of the rows, and a row that is unticked takes it back.

const every = document.getElementById("every");
const rows = [...document.querySelectorAll('input[name="selected"][form="bulk"]')];

every?.addEventListener("change", () => rows.forEach((row) => (row.checked = every.checked)));
for (const row of rows) {
  row.addEventListener("change", () => {
    if (!row.checked) every.checked = false;
  });
}
