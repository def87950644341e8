// Work that takes a while says so: what was pressed is marked busy, a line names what is being done and counts the
// seconds, and both are gone when the answer comes. What is answered at once shows nothing of this.

const PATIENCE = 400; // milliseconds before anything is shown
const line = made("p", "busy");
const words = made("span", "busy__words");
const time = made("span", "busy__time");
const own = made("p", "vh");
let current = null;

line.hidden = true;
line.ariaHidden = "true"; // said by the status of the page; counting aloud would only disturb
own.setAttribute("role", "status");
line.append(words, time);
document.body.append(line);

// Says what is being done from now on; the function it returns says that it is done.
function busy(text, pressed = null) {
  stop();
  if (!document.getElementById("status")) document.body.append(own); // there before it has something to say
  const mine = { pressed, start: performance.now(), timer: setTimeout(() => show(mine, text), PATIENCE) };
  current = mine;
  return () => {
    if (current === mine) stop();
  };
}

function show(work, text) {
  work.pressed?.setAttribute("aria-busy", "true");
  words.textContent = text;
  say(text);
  line.hidden = false;
  tick(work);
}

function tick(work) {
  const seconds = Math.round((performance.now() - work.start) / 1000);
  time.textContent = seconds > 1 ? `${seconds} s` : "";
  work.timer = setTimeout(tick, 1000, work);
}

function stop() {
  clearTimeout(current?.timer);
  current?.pressed?.removeAttribute("aria-busy");
  current = null;
  line.hidden = true;
  own.textContent = "";
  own.remove();
}

function say(text) {
  (document.getElementById("status") ?? own).textContent = text;
}

function made(name, css) {
  return Object.assign(document.createElement(name), { className: css });
}

// A file is fetched here, so that we know when it has been made; then the browser keeps it as it does any other.
async function download(link) {
  if (link.ariaBusy === "true" || link.dataset.asked) return;
  link.dataset.asked = "yes";
  const done = busy(link.dataset.busy ?? "Making the file…", link);
  try {
    const response = await fetch(link.href);
    if (!response.ok) throw new Error(response.statusText);
    keep(await response.blob(), nameIn(response.headers.get("Content-Disposition") ?? ""));
    done();
  } catch {
    done();
    fail("The file couldn’t be made. Try again.");
  }
  delete link.dataset.asked;
}

function keep(blob, name) {
  const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(blob), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

function nameIn(disposition) {
  const encoded = /filename\*=UTF-8''([^;]+)/i.exec(disposition)?.[1];
  return encoded ? decodeURIComponent(encoded) : (/filename="?([^";]+)/i.exec(disposition)?.[1] ?? "");
}

function fail(text) {
  words.textContent = text;
  time.textContent = "";
  document.body.append(own);
  say(text);
  line.hidden = false;
  line.dataset.failed = "";
  setTimeout(() => {
    delete line.dataset.failed;
    if (!current) stop();
  }, 8000);
}

// Does following this link replace the page?
function leads(link, event) {
  const address = new URL(link.href, location.href);
  const isHere = address.hash && address.href.split("#")[0] === location.href.split("#")[0];
  const isPlain = !event.button && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
  return isPlain && !isHere && !link.target && address.origin === location.origin;
}

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[href]");
  if (!link || event.defaultPrevented || !leads(link, event)) return;
  if (link.hasAttribute("download")) {
    event.preventDefault();
    download(link);
  } else busy(link.dataset.busy ?? "Opening the page…", link);
});
document.addEventListener("submit", (event) => {
  if (event.defaultPrevented || event.target.method === "dialog") return;
  const { submitter } = event;
  const fallback = event.target.method === "post" ? "Saving…" : "Opening the page…";
  busy(submitter?.dataset.busy ?? event.target.dataset.busy ?? fallback, submitter);
});
// Other scripts say what they wait for, and give a promise that ends with it.
document.addEventListener("advisor:busy", ({ detail }) => detail.until.finally(busy(detail.text)));
addEventListener("pagehide", stop);
// A visitor who stays on the page, by Esc or in the browser's own question, has nothing to wait for.
addEventListener("keydown", ({ key }) => key === "Escape" && stop());
addEventListener("beforeunload", (event) => setTimeout(() => event.defaultPrevented && stop()));
