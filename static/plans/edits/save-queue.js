// What was changed waits in a queue until the server has it. The queue outlives a reload, a lost connection and the page
// itself; every page of the app that finds one left behind sends it (outbox.js). Sending something twice does no harm.

const PREFIX = "saves:";
const PATIENCE = 20_000; // milliseconds until an answer counts as lost
const PAUSES = [2, 4, 8, 15, 30]; // seconds until the next try
const LARGEST_KEPT_ALIVE = 60_000; // bytes that a browser still sends for a page that is gone
const LOST = "The server can’t be reached. Your change is kept.";
const REASONS = {
  400: "This page is too old. Reload it; your change is kept.",
  403: "You may look at this plan, but not change it any more.",
  404: "This plan was deleted, or is no longer shared with you.",
  410: "This plan was deleted, or is no longer shared with you.",
  413: "That is too much at once.",
};

// `on`: send(item) gives the answer or throws; saving() comes before it, taken(item, answer), settled(), failed(message,
// retry) or conflicting(item) after it. What meets a conflict stays in the queue until somebody decides.
export class SaveQueue {
  #on;
  #key;
  #timer;
  #tries = 0;
  running = false;
  items = [];

  constructor(name, on) {
    this.#key = PREFIX + name;
    this.#on = on;
    this.items = kept(this.#key)?.items ?? [];
    addEventListener("online", () => this.pump());
  }

  get isIdle() {
    return !this.items.length && !this.running;
  }

  add(item) {
    this.items.push(item);
    this.keep();
    return this.pump();
  }

  async pump() {
    if (this.running) return;
    this.running = true;
    clearTimeout(this.#timer);
    while (this.items.length) {
      this.#on.saving();
      this.items[0].isSent = true; // even if no answer comes, the server may have it
      this.keep();
      try {
        const answer = await this.#on.send(this.items[0]);
        this.#tries = 0;
        if (answer.conflict) {
          this.running = false;
          this.#on.conflicting(this.items[0]);
          return;
        }
        const item = this.items.shift();
        this.#on.taken(item, answer);
        this.keep();
      } catch (error) {
        this.running = false;
        this.#wait(error);
        return;
      }
    }
    this.running = false;
    this.#on.settled();
  }

  // What was given up: a conflict page has it now, or nobody may have it.
  clear() {
    this.items.length = 0;
    clearTimeout(this.#timer);
    this.keep();
  }

  keep() {
    try {
      if (this.items.length) sessionStorage.setItem(this.#key, JSON.stringify({ page: location.pathname, items: this.items }));
      else sessionStorage.removeItem(this.#key);
    } catch {
      // The browser keeps nothing for us: the warning before leaving the page is what remains.
    }
  }

  #wait(error) {
    const isLost = error instanceof TypeError || error.name === "TimeoutError";
    this.#on.failed(isLost ? LOST : error.message, () => this.pump(), error.isFinal);
    if (error.isFinal) return; // trying again by itself would change nothing
    this.#timer = setTimeout(() => this.pump(), PAUSES[Math.min(this.#tries++, PAUSES.length - 1)] * 1000);
  }
}

// The queues that other pages left behind: name, page and items of each.
export function leftBehind() {
  const names = Object.keys(sessionStorage).filter((key) => key.startsWith(PREFIX));
  return names.map((key) => ({ name: key.slice(PREFIX.length), ...kept(key) })).filter(({ items }) => items?.length);
}

export async function post(address, body, headers) {
  const response = await fetch(address, {
    method: "POST",
    headers: { Accept: "application/json", ...headers },
    body,
    keepalive: body.length < LARGEST_KEPT_ALIVE,
    signal: AbortSignal.timeout(PATIENCE),
  });
  const isAnswer = response.headers.get("Content-Type")?.startsWith("application/json");
  if (isAnswer && (response.ok || response.status === 422)) return { isRefused: response.status === 422, ...(await response.json()) };
  const reason = REASONS[response.status];
  throw Object.assign(new Error(reason ?? "The server has a problem. Your change is kept."), { isFinal: Boolean(reason) });
}

export const FORM = { "Content-Type": "application/x-www-form-urlencoded;charset=UTF-8" };

// A whole form as it was.
export const sendForm = ({ address, body }) => post(address, body, FORM);

// A form that was sent after another rests on what that one became.
export function rest(item, before, { revision, seen, origins }) {
  const [state, earlier] = [new URLSearchParams(item.body), new URLSearchParams(before.body)];
  state.set("revision", revision);
  state.set("seen", seen);
  origins?.forEach((origin, place) => {
    const [name, from] = [`properties-${place}-name`, `properties-${place}-origin`];
    if (state.has(from) && state.get(from) === earlier.get(from) && state.get(name) === earlier.get(name)) state.set(from, origin);
  });
  item.body = state.toString();
}

// Sends a form as its button would: the page that answers takes the place of this one.
export function sendAsPage({ address, body }) {
  const form = Object.assign(document.createElement("form"), { method: "post", action: address, hidden: true });
  for (const [name, value] of new URLSearchParams(body)) {
    const field = document.createElement("textarea"); // an input would lose line breaks
    Object.assign(field, { name, value });
    form.append(field);
  }
  document.body.append(form);
  form.submit();
}

function kept(key) {
  try {
    return JSON.parse(sessionStorage.getItem(key));
  } catch {
    return null;
  }
}
