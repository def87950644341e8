// On the page of an event that saves itself: suggestions that were accepted, or answered otherwise, lose their mark.

document.addEventListener("advisor:saved", ({ detail: { suggested } }) => {
  if (!suggested) return;
  for (const box of document.querySelectorAll("input[name=accepted]")) {
    if (suggested.includes(box.value)) continue;
    box.closest(".q").classList.remove("q--suggested");
    box.closest("label").remove();
  }
  const note = document.querySelector("[data-suggestions]");
  if (!note) return;
  note.hidden = !suggested.length;
  const one = suggested.length === 1;
  const [said, pronoun] = one ? ["One answer is a suggestion.", "It already counts"] : [`${suggested.length} answers are suggestions.`, "They already count"];
  const accept = one ? "it" : "them";
  note.querySelector("p").textContent = `${said} ${pronoun} for where the event goes, but ${one ? "the question stays" : "the questions stay"} open until you accept ${accept}.`;
  note.querySelector("button").textContent = one ? "Accept 1" : `Accept all ${suggested.length}`;
});
