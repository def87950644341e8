// Says what became of a change: to everyone in the line of the page that is there for it, and to screen readers.

const line = document.getElementById("saving");
const text = document.getElementById("saving-text");
const button = document.getElementById("retry");
const live = document.getElementById("status");
const clock = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit" });
let onButton = () => {};

button?.addEventListener("click", () => onButton());

export const state = () => line.dataset.state;

export function announce(message) {
  if (!message) return;
  // The same words twice are heard twice only if something changes in between.
  live.textContent = live.textContent === message ? `${message}\u00a0` : message;
}

export function saving() {
  if (state() !== "failed") set("saving", "Saving…"); // a further try is no news
}

export function saved() {
  set("saved", `Saved ${clock.format(new Date())}`);
}

// With a way to try again it is tried again anyway, unless that is `final`.
export function failed(message, retry, final = false) {
  const said = `${retry && !final ? "Not saved, trying again." : "Not saved."} ${message}`;
  if (state() !== "failed") announce(said);
  set("failed", said, retry && "Try again", retry);
}

export function undecided(message, choose) {
  set("conflict", `Not saved: ${message}`, "Choose", choose);
}

function set(now, message, label = "", action = () => {}) {
  line.dataset.state = now;
  text.textContent = message;
  button.hidden = !label;
  button.textContent = label || "Try again";
  onButton = action;
}
