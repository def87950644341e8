// On the page of an event that saves itself: "Accept" and a click on the usual answer accept it at once, and what was
// accepted, or answered otherwise, loses its mark.

const form = document.getElementById("event");
const waiting = new Map(); // question -> the hidden input that accepts it

form.addEventListener("click", (event) => {
  const button = event.target.closest(".q__accept");
  const radio = event.target.closest(".q--suggested input[type=radio]");
  if (!button && !(radio?.checked && radio.defaultChecked)) return;
  if (button) event.preventDefault();
  accept((button ?? radio).closest(".q"));
});

function accept(question) {
  const key = question.dataset.question;
  if (waiting.has(key)) return;
  const input = document.createElement("input");
  Object.assign(input, { type: "hidden", name: "accepted", value: key });
  form.append(input);
  waiting.set(key, input);
  if (question.contains(document.activeElement)) question.querySelector("input:checked").focus({ preventScroll: true });
  for (const kind of ["input", "change"]) input.dispatchEvent(new Event(kind, { bubbles: true }));
}

document.addEventListener("advisor:saved", ({ detail: { suggested } }) => {
  if (!suggested) return;
  for (const question of form.querySelectorAll(".q--suggested")) {
    const key = question.dataset.question;
    if (suggested.includes(key)) continue;
    question.classList.remove("q--suggested");
    for (const mark of question.querySelectorAll(".usual, .q__accept")) mark.remove();
    waiting.get(key)?.remove();
    waiting.delete(key);
  }
  const box = document.querySelector("[data-suggestions]");
  if (!box) return;
  box.hidden = !suggested.length;
  box.querySelector("[data-count]").textContent = suggested.length;
  box.querySelector("button").textContent = suggested.length === 1 ? "Accept 1" : `Accept all ${suggested.length}`;
});
