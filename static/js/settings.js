// Settings: destinations are found while one types, and added without a new page. Without this script, the
// buttons do the same by saving the form.

const PAUSE = 150; // milliseconds after the last letter
const form = document.getElementById("settings");
const search = document.getElementById("q");
let timer;
let running;

document.querySelector("[data-find]").hidden = true;

search.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(find, PAUSE);
});
search.addEventListener("keydown", (event) => {
  if (event.key !== "Enter") return;
  event.preventDefault();
  find();
});
form.addEventListener("submit", (event) => {
  if (event.submitter?.name !== "add") return;
  event.preventDefault();
  add(event.submitter);
});

async function find() {
  running?.abort();
  running = new AbortController();
  const query = new URLSearchParams({ q: search.value });
  try {
    const response = await fetch(`${form.dataset.found}?${query}`, { signal: running.signal });
    if (response.ok) show(await response.text(), ["found"]);
  } catch (error) {
    if (error.name !== "AbortError") throw error;
  }
}

// The answer to a form that was saved is a redirect to the page; anything else wants to be seen whole.
async function add(button) {
  const key = button.value;
  const response = await fetch(form.action, { method: "POST", body: new FormData(form, button) });
  if (!response.redirected || !response.ok) {
    const sent = document.createElement("input");
    Object.assign(sent, { type: "hidden", name: "add", value: key });
    form.append(sent);
    form.submit();
    return;
  }
  show(await response.text(), ["found", "planned", "version", "saved"]);
  search.focus();
  search.select();
}

function show(html, ids) {
  const page = new DOMParser().parseFromString(html, "text/html");
  for (const id of ids) {
    const fresh = page.getElementById(id);
    const old = document.getElementById(id);
    if (!fresh || !old) continue;
    old.replaceWith(fresh);
    document.dispatchEvent(new CustomEvent("advisor:shown", { detail: fresh }));
  }
}
