// A form that makes something is sent once, however often its button is pressed while the answer is under way.

for (const form of document.querySelectorAll("form:has(input[name=once])")) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "yes";
  });
}
// The page may come back from the browser's memory, by its Back button.
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});
