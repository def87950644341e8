// The advice follows each answer. A form with data-live names the address that answers with a fragment: every
// element of the fragment replaces the element of the page that has its id. Without this script, the form's own
// button does the same with a whole page.

const PAUSE = 150; // milliseconds after the last change
const LONGEST_QUERY = 6 * 1024; // longer ones are posted, as the page does

for (const form of document.querySelectorAll("form[data-live]")) follow(form);

function follow(form) {
  let timer;
  let running;

  async function refresh(extra) {
    clearTimeout(timer);
    running?.abort();
    const { signal } = (running = new AbortController());
    const sent = stateOf(form, extra);
    try {
      const response = await ask(form, sent, signal);
      if (!response.ok) throw new Error(response.statusText);
      show(await response.text(), form, extra);
    } catch (error) {
      if (error.name !== "AbortError") sayStale();
    }
  }

  // Some inputs stand outside the form and name it (form="..."), so that their events pass it by.
  document.addEventListener("input", ({ target }) => {
    if (target.form !== form || target.name === "add") return;
    forgetExample(form, target);
    clearTimeout(timer);
    timer = setTimeout(refresh, PAUSE);
  });

  form.addEventListener("submit", (event) => {
    const extra = change(form, event.submitter);
    if (!extra) return;
    event.preventDefault();
    refresh(extra);
  });

  for (const note of form.querySelectorAll("[data-script]")) note.hidden = false;
  // On the way back, a browser fills in what was answered before, but shows the advice as it was sent.
  addEventListener("pageshow", () => {
    if (isRefilled(form)) refresh();
  });
}

// Nobody but the visitor answers: with their first own word or answer, those of an example go.
function forgetExample(form, own) {
  const note = document.getElementById("example");
  if (!note || (form.contains(note) && own.name !== "name" && own.type !== "radio")) return;
  if (form.contains(note)) {
    for (const control of form.elements) {
      if (control.name === own.name) continue;
      if (control.type === "radio") control.checked = control.value === "unsure";
      else if (control.id === "call") control.value = "track";
    }
  }
  note.remove();
}

// A submission that changes the list of destinations, and needs no new page.
function change(form, submitter) {
  if (submitter?.name === "remove") return ["remove", submitter.value];
  if (submitter?.name === "pick") return ["add", submitter.value];
  const typed = form.elements.namedItem("add")?.value.trim();
  return typed && !submitter?.hasAttribute("formaction") ? ["add", typed] : null;
}

function stateOf(form, extra) {
  const state = new URLSearchParams(new FormData(form));
  state.delete("add");
  if (extra) state.append(...extra);
  return state;
}

function ask(form, state, signal) {
  const address = form.dataset.live;
  const inAddress = form.method === "get" && state.toString().length <= LONGEST_QUERY;
  return inAddress ? fetch(`${address}?${state}`, { signal }) : fetch(address, { method: "POST", body: state, signal });
}

function show(html, form, extra) {
  const fragment = new DOMParser().parseFromString(html, "text/html");
  for (const fresh of [...fragment.body.children]) {
    const old = document.getElementById(fresh.id);
    const inUse = fresh.id === "destinations" && !extra && old?.contains(document.activeElement);
    if (old && !inUse) replace(old, fresh);
  }
  if (extra?.[0] === "add" && !document.querySelector("#add-errors .error")) form.elements.namedItem("add").value = "";
  if (extra) form.elements.namedItem("add")?.focus();
  announce(document.getElementById("advice").dataset.announce);
  keepAddress(form);
}

// What was open is open again before the place in it is found (code.js), and the focus stays at the control that has it.
function replace(old, fresh) {
  const { scrollTop } = old;
  const focused = old.contains(document.activeElement) && document.activeElement;
  old.replaceWith(fresh);
  document.dispatchEvent(new CustomEvent("advisor:shown", { detail: fresh }));
  fresh.scrollTop = scrollTop;
  if (focused && !fresh.contains(document.activeElement)) {
    const same = focused.id ? document.getElementById(focused.id) : summaryLike(focused, fresh);
    (same ?? fresh).focus({ preventScroll: true });
  }
}

function summaryLike(focused, fresh) {
  const fold = focused.matches("summary") && focused.parentElement.id;
  return fold ? fresh.querySelector(`#${CSS.escape(fold)} > summary`) : null;
}

// Heard by screen readers; not repeated when nothing changed.
function announce(text) {
  const status = document.getElementById("status");
  if (status.textContent !== text) status.textContent = text;
}

function keepAddress(form) {
  const link = document.querySelector("#advice [data-copy-link]");
  if (form.dataset.address && link) history.replaceState(null, "", form.dataset.address + new URL(link.href).search);
}

function isRefilled(form) {
  return [...form.elements].some((control) => {
    if (control.name === "add") return false;
    if (control.type === "radio" || control.type === "checkbox") return control.checked !== control.defaultChecked;
    if (control.tagName === "SELECT") return !control.selectedOptions[0]?.defaultSelected && control.selectedIndex > 0;
    return control.tagName !== "BUTTON" && control.value !== control.defaultValue;
  });
}

function sayStale() {
  const advice = document.getElementById("advice");
  if (advice.querySelector("[data-stale]")) return;
  const note = document.createElement("p");
  note.className = "note note--warn";
  note.dataset.stale = "";
  note.setAttribute("role", "alert");
  note.textContent =
    "We couldn’t reach the server, so this advice isn’t up to date. Your answers are still in the form; change one, or use its button, to try again.";
  advice.prepend(note);
}
