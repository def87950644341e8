// What other modules say to static/base/busy.js, which shows it if it takes long enough to notice.

// Returns the function that ends the wait.
export function waiting(text) {
  let done;
  const until = new Promise((resolve) => { done = resolve; });
  document.dispatchEvent(new CustomEvent("advisor:busy", { detail: { text, until } }));
  return done;
}
