// The question of many events by keys, and its sum and counter while one answers. Without it, the form works as it is.

const form = document.getElementById("ask-form");
const rows = [...form.querySelectorAll("[data-row]")];
const sum = form.querySelector("[data-sum]");
const gain = document.querySelector("[data-gain]");
const bar = document.querySelector(".ask__gain");
const KEYS = { y: "yes", n: "no", "?": "unsure" };

const boxOf = (row) => row.querySelector("input[type=checkbox]");
const isAsked = (row) => row.dataset.settling !== undefined;
const controlOf = (row) => boxOf(row) ?? row.querySelector("input:checked") ?? row.querySelector("input[type=radio]");
const answerOf = (row) => (boxOf(row) ? (boxOf(row).checked ? "yes" : "no") : row.querySelector("input:checked").value);
const isSeen = (row) => row.offsetParent !== null;

form.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  const row = event.target.closest("[data-row]");
  const isStep = event.key === "ArrowDown" || event.key === "ArrowUp";
  if (!isStep && !(row && event.key in KEYS)) return;
  if (!row && event.target !== form && !event.target.matches("h2")) return;
  event.preventDefault();
  if (isStep) move(row, event.key === "ArrowDown" ? 1 : -1);
  else answer(row, KEYS[event.key]);
});
form.addEventListener("change", tell);
document.querySelectorAll("#ask-form [data-script]").forEach((part) => { part.hidden = false; });
tell();

function move(row, step) {
  const seen = rows.filter(isSeen);
  const next = seen[row ? seen.indexOf(row) + step : 0];
  if (!next) return;
  controlOf(next).focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
}

function answer(row, value) {
  const box = boxOf(row);
  if (box) box.checked = value === "yes";
  else {
    const radio = row.querySelector(`input[value=${value}]`);
    radio.checked = true;
    radio.focus();
  }
  tell();
}

// What the main button would save, and how many events are settled then.
function tell() {
  const answers = rows.filter(isAsked).map((row) => ({ answer: answerOf(row), settling: row.dataset.settling.split(" ") }));
  const of = (value) => answers.filter(({ answer }) => answer === value).length;
  const note = sum.querySelector("span");
  const yes = document.createElement("b");
  yes.textContent = `${of("yes")} yes`;
  const text = `, ${of("no")} no, ${of("unsure")} not sure `;
  if (sum.textContent !== `${yes.textContent}${text}${note?.textContent ?? ""}`) sum.replaceChildren(yes, text, ...(note ? [note] : []));
  const more = answers.filter(({ answer, settling }) => settling.includes(answer)).length;
  gain.textContent = more ? `These answers settle ${more.toLocaleString("en")} more.` : "These answers alone settle none.";
  bar.setAttribute("width", String((400 * (Number(gain.dataset.settled) + more)) / Number(gain.dataset.needed)));
}
