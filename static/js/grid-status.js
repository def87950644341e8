// Says what happened: to everyone in the status line, and to screen readers.

const line = document.getElementById("saving");
const text = document.getElementById("saving-text");
const button = document.getElementById("retry");
const live = document.getElementById("status");
const clock = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit" });
let onButton = () => {};

button.addEventListener("click", () => onButton());

export function announce(message) {
  if (!message) return;
  // The same words twice are heard twice only if something changes in between.
  live.textContent = live.textContent === message ? `${message}\u00a0` : message;
}

export function saving() {
  set("saving", "Saving…");
}

export function saved() {
  if (line.dataset.state === "failed") announce("Saved.");
  set("saved", `All changes saved, ${clock.format(new Date())}`);
}

export function failed(message, retry) {
  if (line.dataset.state !== "failed") announce(`Not saved. ${message}`);
  set("failed", `Not saved. ${message}`, retry && "Try again", retry);
}

export function undecided(count, choose) {
  const cells = count === 1 ? "1 cell was" : `${count} cells were`;
  set("conflict", `Not saved: ${cells} changed by someone else.`, "Choose", choose);
}

function set(state, message, label = "", action = () => {}) {
  line.dataset.state = state;
  text.textContent = message;
  button.hidden = !label;
  button.textContent = label || "Try again";
  onButton = action;
}
