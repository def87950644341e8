// Undo and redo for this visit. What undoes a change comes from the server, and is sent like any other change.

const MOST = 200;

// `on`: isIdle() says whether anything is being saved, take(step, as) sends a step, announce(text) speaks.
export class UndoStack {
  #key;
  #on;
  #waiting = 0;
  #done;
  #undone;
  #top;
  #button = document.getElementById("undo");

  constructor(name, on) {
    this.#key = `undo:${name}`;
    this.#on = on;
    ({ done: this.#done, undone: this.#undone, top: this.#top = 0 } = kept(this.#key));
    this.#button?.addEventListener("click", () => this.undo());
    this.#keep();
  }

  undo() {
    if (!this.#on.isIdle()) this.#waiting += 1; // the change that is being saved now will be undone
    else if (this.#done.length) this.#take(this.#done, "undo");
    else this.#on.announce("There is nothing to undo.");
  }

  redo() {
    if (this.#on.isIdle() && this.#undone.length) this.#take(this.#undone, "redo");
  }

  // `step` makes up for what was just saved; `as` is "undo" or "redo" if that was one itself.
  remember(step, as = "") {
    if (step) {
      if (as === "undo") this.#undone.push(step);
      else this.#done.push(step);
      if (!as) this.#undone = [];
      this.#done = this.#done.slice(-MOST);
      if (step > this.#top) this.#top = step;
    }
    this.#keep();
    if (this.#waiting) {
      this.#waiting -= 1;
      setTimeout(() => this.undo());
    }
  }

  // A step that was made by a page before this one. Steps that are numbers only grow.
  begin(step) {
    if (step > this.#top) this.remember(step);
  }

  #take(stack, as) {
    const step = stack.pop();
    this.#keep();
    this.#on.take(step, as);
  }

  #keep() {
    if (this.#button) this.#button.disabled = !this.#done.length;
    try {
      sessionStorage.setItem(this.#key, JSON.stringify({ done: this.#done, undone: this.#undone, top: this.#top }));
    } catch {
      sessionStorage.removeItem(this.#key); // too large to outlive a reload
    }
  }
}

function kept(key) {
  try {
    return JSON.parse(sessionStorage.getItem(key)) ?? { done: [], undone: [] };
  } catch {
    return { done: [], undone: [] };
  }
}
