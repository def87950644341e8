// Puts the tip away without leaving the grid.

export function startTip(after) {
  const tip = document.getElementById("tip");
  tip?.addEventListener("submit", (event) => {
    event.preventDefault();
    fetch(tip.action, { method: "POST", body: new URLSearchParams(new FormData(tip)), redirect: "manual" });
    tip.remove();
    after();
  });
}
