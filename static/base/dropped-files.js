// Files that are dropped anywhere on the page go into the field of the form, as if they were chosen there.

export function takeDroppedFiles(form, field, taken) {
  addEventListener("dragover", (event) => {
    if (!event.dataTransfer.types.includes("Files")) return;
    event.preventDefault();
    form.classList.add("is-over");
  });
  addEventListener("dragleave", (event) => {
    if (!event.relatedTarget) form.classList.remove("is-over");
  });
  addEventListener("drop", (event) => {
    if (!event.dataTransfer.files.length) return;
    event.preventDefault();
    form.classList.remove("is-over");
    field.files = event.dataTransfer.files;
    taken();
  });
}
