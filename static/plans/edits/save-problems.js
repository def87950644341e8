// What the server refused of a form that saves itself, at the controls where it can be mended.

export function showProblems(form, problems) {
  for (const shown of document.querySelectorAll("[data-refused]")) {
    const control = document.getElementById(shown.dataset.refused);
    control?.removeAttribute("aria-invalid");
    if (control?.getAttribute("aria-describedby") === shown.id) control.removeAttribute("aria-describedby");
    shown.remove();
  }
  for (const { anchor, message } of problems) {
    const control = document.getElementById(anchor);
    if (!control) continue;
    const shown = document.createElement("p");
    Object.assign(shown, { className: "error", id: `${anchor}-refused`, textContent: message });
    shown.dataset.refused = anchor;
    control.before(shown);
    control.setAttribute("aria-invalid", "true");
    if (!control.hasAttribute("aria-describedby")) control.setAttribute("aria-describedby", shown.id);
  }
}
