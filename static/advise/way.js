// The event on its way: puts the number of tools that get it into the text, for the live region, and sends the calls again after a
// change. What arrives is decided by the stylesheet alone.

const way = document.querySelector("[data-way]");

way.addEventListener("change", () => {
  count();
  way.classList.add("sim--again");
  requestAnimationFrame(() => requestAnimationFrame(() => way.classList.remove("sim--again")));
});
count();

function count() {
  const crosses = [...way.querySelectorAll(".sim__cross")];
  const got = crosses.filter((cross) => getComputedStyle(cross).display === "none").length;
  way.querySelector(".sim__n").textContent = got;
}
