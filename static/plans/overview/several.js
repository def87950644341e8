// Lines pasted into the field for one event belong into the field for several.

const one = document.getElementById("name");
const several = document.getElementById("names");

one?.addEventListener("paste", (event) => {
  const text = event.clipboardData.getData("text/plain").trim();
  if (!text.includes("\n") || !several) return;
  event.preventDefault();
  several.closest("details").open = true;
  several.value = text;
  several.focus();
});
