// The preview of an import: a change of a select reads the files again in place. Without this, a button does it.

const CHOICES = "select, [type=radio], [name=only], [name=suggest]";
const SLOW = 400; // milliseconds before the page says that it is reading
let asking = new AbortController();

document.addEventListener("change", ({ target }) => {
  const form = target.closest("[data-import]");
  if (!form || !target.matches(CHOICES)) return;
  look(form, target);
});

async function look(form, target) {
  const sent = new FormData(form);
  sent.delete("file");
  sent.set("text", "");
  sent.set("do", "look");
  asking.abort(); // an earlier answer would put back what was just changed
  asking = new AbortController();
  const { signal } = asking;
  const wait = setTimeout(() => form.setAttribute("aria-busy", "true"), SLOW);
  try {
    const answer = await fetch(form.action, { method: "POST", body: sent, signal });
    if (!answer.ok) throw new Error(answer.statusText);
    show(await answer.text(), target);
  } catch {
    if (signal.aborted) return;
    form.querySelector("[name=do][value=look]").click(); // the page itself says what is wrong
  } finally {
    clearTimeout(wait);
    if (!signal.aborted) form.removeAttribute("aria-busy");
  }
}

function show(html, target) {
  const page = new DOMParser().parseFromString(html, "text/html");
  const next = page.getElementById("import-preview");
  const here = document.getElementById("import-preview");
  const scrolled = here.querySelector(".scroll")?.scrollLeft ?? 0;
  const find = target.id ? `#${CSS.escape(target.id)}` : `[name="${target.name}"][value="${CSS.escape(target.value)}"]`;
  here.replaceWith(document.adoptNode(next));
  hideButtons();
  document.title = page.title;
  const area = next.querySelector(".scroll");
  if (area) area.scrollLeft = scrolled;
  next.querySelector(find)?.focus({ preventScroll: true });
}

function hideButtons() {
  for (const button of document.querySelectorAll("[data-look]")) button.hidden = true;
}

// Whether a control is no longer as the page was sent: changed before this ran, or put back by the browser.
function isChanged(control) {
  if (!control.matches("select")) return control.checked !== control.defaultChecked;
  const sent = [...control.options].find((option) => option.defaultSelected) ?? control.options[0];
  return !sent?.selected;
}

hideButtons();
const changed = [...document.querySelectorAll(`#import-preview :is(${CHOICES})`)].find(isChanged);
changed?.dispatchEvent(new Event("change", { bubbles: true }));
