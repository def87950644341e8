// Tabs of code are links to the page with another choice. With this script they keep what is typed: the choice goes into
// the form, and the advice is refreshed as after an answer (live.js).

const form = document.querySelector("form[data-live]");
let inView = null; // the side whose call was chosen
let wanted = null; // a choice that the advice does not show yet: its tab as a selector, and its state

// Somebody who may only look has a form that is switched off: their links are links.
if (form && !form.querySelector(":scope > fieldset:disabled")) {
  document.addEventListener("click", choose);
  document.addEventListener("advisor:shown", restore);
}
document.addEventListener("change", ({ target }) => {
  if (target.name === "call-in-view") inView = target.value;
});
document.addEventListener("click", showSide);

// A link to the settings of a call shows that call.
function showSide(event) {
  const link = event.target.closest("#advice a[data-side]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  inView = link.dataset.side;
  chooseSide();
  const place = document.getElementById(link.hash.slice(1));
  place.scrollIntoView({ block: "nearest" });
  place.querySelector("summary")?.focus({ preventScroll: true });
}

function chooseSide() {
  const radio = inView && document.getElementById(`in-view-${inView}`);
  if (radio) radio.checked = true;
}

function choose(event) {
  const tab = event.target.closest("#advice a[data-choose]");
  if (!tab || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  const { searchParams } = new URL(tab.href);
  inView = searchParams.get("side");
  wanted = {
    tab: `a[data-choose="${tab.dataset.choose}"][data-key="${tab.dataset.key}"]`,
    state: [...searchParams].filter(([name]) => ["library", "handoff", "side"].includes(name)),
  };
  write(wanted.state);
  form.elements.namedItem("name").dispatchEvent(new Event("input", { bubbles: true }));
}

function restore({ detail }) {
  if (detail.id !== "advice") return;
  chooseSide();
  if (!wanted) return;
  // An answer that was on its way before the choice knows nothing of it; the next one does.
  if (String(read()) !== String(wanted.state)) return write(wanted.state);
  detail.querySelector(wanted.tab)?.focus({ preventScroll: true });
  wanted = null;
}

function inputs() {
  return [...document.querySelectorAll("#code > input[type=hidden]")];
}

function read() {
  return inputs().map(({ name, value }) => [name, value]);
}

function write(state) {
  for (const old of inputs()) old.remove();
  for (const [name, value] of state) {
    const input = document.createElement("input");
    Object.assign(input, { type: "hidden", name, value });
    input.setAttribute("form", form.id);
    document.getElementById("code").append(input);
  }
}
