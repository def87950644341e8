// The command palette: Ctrl+K (on a Mac ⌘K) or the link Find in the bar opens a dialog that searches while one types.
// Arrows choose a result and Enter follows it; Enter without a result leads to the page of the search. Escape closes it.

import { icon } from "../base/icons.js";

const PAUSE = 100; // milliseconds without a key before the search asks the server
const link = document.querySelector("[data-palette]");
const isMac = navigator.platform.startsWith("Mac");
let palette = null;
let asked = null; // the search that is under way
let timer = 0;

if (isMac) link.querySelector("kbd").textContent = "⌘ K";
link.setAttribute("aria-keyshortcuts", isMac ? "Meta+K" : "Control+K");
link.addEventListener("click", (event) => {
  if (event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  open();
});
document.addEventListener("keydown", (event) => {
  const isShortcut = event.key.toLowerCase() === "k" && (isMac ? event.metaKey : event.ctrlKey);
  if (!isShortcut || event.shiftKey || event.altKey) return;
  event.preventDefault();
  if (palette?.dialog.open) palette.dialog.close();
  else open();
});

function open() {
  palette ??= made();
  palette.dialog.showModal();
  palette.input.select();
  if (!palette.options.length) search();
}

function made() {
  const dialog = document.createElement("dialog");
  dialog.className = "palette no-print";
  dialog.setAttribute("aria-label", "Find");
  const form = document.createElement("form");
  form.action = new URL(link.href).pathname;
  form.role = "search";
  const input = Object.assign(document.createElement("input"), { type: "text", name: "q", maxLength: 200, autocomplete: "off" });
  const attributes = { role: "combobox", "aria-label": "Event, page, action, plan or destination", "aria-expanded": "true", "aria-controls": "palette-found", "aria-autocomplete": "list", autocapitalize: "off", enterkeyhint: "go", spellcheck: "false", placeholder: "Event, page, action, plan or destination" };
  for (const [name, value] of Object.entries(attributes)) input.setAttribute(name, value);
  form.append(icon("find"), input);
  const plan = new URL(link.href).searchParams.get("plan");
  if (plan) form.append(Object.assign(document.createElement("input"), { type: "hidden", name: "plan", value: plan }));
  const list = Object.assign(document.createElement("div"), { className: "palette__found", id: "palette-found" });
  list.role = "listbox";
  list.ariaLabel = "Found";
  const status = Object.assign(document.createElement("p"), { className: "vh", role: "status" });
  dialog.append(form, list, keys(), status);
  document.body.append(dialog);
  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(search, PAUSE);
  });
  input.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) move(step);
    else if (event.key === "Enter" && palette.isCurrent && palette.options.length) follow(event);
    else return;
    event.preventDefault();
  });
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  return { dialog, input, list, status, options: [], at: 0, isCurrent: false };
}

function keys() {
  const line = Object.assign(document.createElement("p"), { className: "palette__keys", ariaHidden: "true" });
  for (const [key, does] of [["↑ ↓", "choose"], ["Enter", "open"], ["Esc", "close"]]) {
    const one = document.createElement("span");
    one.append(Object.assign(document.createElement("kbd"), { textContent: key }), ` ${does}`);
    line.append(one);
  }
  return line;
}

async function search() {
  asked?.abort();
  asked = new AbortController();
  const { signal } = asked;
  palette.isCurrent = false;
  const address = new URL(link.dataset.palette, location.href);
  address.searchParams.set("q", palette.input.value);
  try {
    const response = await fetch(address, { signal });
    if (!response.ok) throw new Error(response.statusText);
    show(await response.text());
  } catch {
    if (signal.aborted) return; // a later search is under way
    palette.options = [];
    palette.input.removeAttribute("aria-activedescendant");
    const failed = Object.assign(document.createElement("p"), { className: "found-none", textContent: "The search couldn’t be reached. Type on to try again." });
    palette.list.replaceChildren(failed);
    palette.status.textContent = failed.textContent;
  }
}

// The same list as on the page of the search; here its links are options of the text field.
function show(html) {
  const found = new DOMParser().parseFromString(html, "text/html").getElementById("found");
  found.removeAttribute("id");
  for (const group of found.querySelectorAll("section")) {
    const heading = group.querySelector("h2");
    heading.id = `palette-${heading.id}`;
    group.role = "group";
    group.setAttribute("aria-labelledby", heading.id);
    for (const part of [heading, ...group.querySelectorAll("ul, li")]) part.role = "none";
  }
  const options = [...found.querySelectorAll(".found-one")];
  options.forEach((option, at) => {
    option.id = `palette-${at}`;
    option.role = "option";
    option.tabIndex = -1;
    option.addEventListener("pointermove", () => choose(at, false));
  });
  Object.assign(palette, { options, isCurrent: true });
  palette.list.replaceChildren(found);
  palette.list.scrollTop = 0;
  const count = `${options.length} result${options.length === 1 ? "" : "s"}`;
  palette.status.textContent = options.length ? count : found.textContent.trim();
  choose(0);
}

function move(step) {
  const { options, at } = palette;
  if (options.length) choose((at + step + options.length) % options.length);
}

function choose(at, isScrolled = true) {
  const { options, input } = palette;
  palette.at = at;
  options.forEach((option, place) => option.setAttribute("aria-selected", String(place === at)));
  if (!options[at]) return input.removeAttribute("aria-activedescendant");
  input.setAttribute("aria-activedescendant", options[at].id);
  if (isScrolled) options[at].scrollIntoView({ block: "nearest" });
}

function follow({ ctrlKey, metaKey, shiftKey }) {
  const option = palette.options[palette.at];
  option.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true, ctrlKey, metaKey, shiftKey }));
  if (!ctrlKey && !metaKey && !shiftKey) palette.dialog.close();
}
