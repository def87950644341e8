// The live advice fills in where each answer leads. Here, a question that begins to matter leaves the fold of the others;
// none goes back there until the page is loaded again, so that nothing moves away under a hand.

document.addEventListener("advisor:shown", ({ detail }) => {
  if (detail.id === "mattering-keys") takeOut(detail.dataset.keys.split(" ").filter(Boolean));
});

// A link to an answer opens the fold that it is in.
document.addEventListener("click", ({ target }) => {
  const link = target.closest?.('a[href^="#"]');
  const answer = link?.hash.length > 1 && document.getElementById(link.hash.slice(1));
  for (let each = answer && answer.closest("details"); each; each = each.parentElement.closest("details")) each.open = true;
});

function takeOut(keys) {
  const [list, fold] = [document.getElementById("mattering"), document.getElementById("others")];
  const focused = document.activeElement;
  for (const key of keys) {
    const question = fold.querySelector(`.q[data-question="${key}"]`);
    if (question) list.append(question);
  }
  if (focused !== document.activeElement) focused.focus({ preventScroll: true });
  const left = [...fold.querySelectorAll(".q")].map((question) => question.dataset.question);
  fold.hidden = !left.length;
  for (const given of fold.querySelectorAll(".given")) given.hidden = !left.includes(given.dataset.question);
  fold.querySelector("[data-count]").textContent = left.length;
}
