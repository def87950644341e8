// Files that are dropped on the page are sent like chosen ones.

const form = document.querySelector("[data-drop]");
const field = form.querySelector("[type=file]");

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
  form.requestSubmit();
});
