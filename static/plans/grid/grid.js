// The grid of a plan. Each part is a module of its own; this one puts them together and listens to the pointer.

import { acceptAll, chosen, duplicate, put, redraw, remove } from "./actions.js";
import { startColumns } from "./column-menu.js";
import { openLabel, openMove, openWanted, startDialogs } from "./dialogs.js";
import { editAnswer, editCall, editLabel, editName } from "./edit.js";
import { loadAgain, startFilter } from "./filter.js";
import { currentCell, focusCell, startFocus } from "./focus.js";
import { startKeys } from "./keys.js";
import { startPaste } from "./paste.js";
import { onOutdated, startSaving } from "./saving.js";
import { clear, extend, selectAll, selected, toggle } from "./selection.js";
import { startTip } from "./tip.js";
import { fieldOf, isLabel, isQuestion, mayEdit, table } from "./table.js";
import { startUndo } from "./undo.js";

startFocus();
startKeys();
startDialogs();
startPaste();
startColumns();
startFilter();
startTip(() => focusCell(currentCell()));
onOutdated(loadAgain);
if (mayEdit) {
  startUndo();
  startSaving(redraw);
  listenToSelection();
}
listenToPointer();
sayWhatIsCovered();

// Whether columns lie under the placement, which stays at the edge of the window.
function sayWhatIsCovered() {
  const wrap = table.parentElement;
  const look = () => wrap.toggleAttribute("data-more", wrap.scrollLeft + wrap.clientWidth < wrap.scrollWidth - 1);
  wrap.addEventListener("scroll", look, { passive: true });
  new ResizeObserver(look).observe(wrap);
}

function listenToPointer() {
  let tapped = null;
  table.addEventListener("pointerdown", ({ pointerType }) => {
    tapped = pointerType === "mouse" ? null : document.activeElement;
  });
  table.addEventListener("click", (event) => {
    const cell = event.target.closest("tbody td, tbody th");
    if (!cell || event.target.closest("a, input, select, button")) return;
    const row = cell.parentElement;
    if (event.shiftKey) extend(row);
    else if (event.ctrlKey || event.metaKey || fieldOf(cell) === "select") toggle(row);
    else if (mayEdit && tapped === cell && isQuestion(cell)) { // a finger has no double click of its own
      editAnswer(cell);
      return;
    }
    if (currentCell() !== cell || document.activeElement !== cell) focusCell(cell);
  });
  table.addEventListener("dblclick", (event) => {
    const cell = event.target.closest("tbody td, tbody th");
    if (!mayEdit || !cell || event.target.closest(".edit")) return;
    if (isQuestion(cell)) editAnswer(cell);
    else if (fieldOf(cell) === "name") editName(cell);
    else if (fieldOf(cell) === "call") editCall(cell);
    else if (isLabel(cell)) editLabel(cell);
    else if (fieldOf(cell) === "destinations" && cell.parentElement.dataset.id) openWanted();
  });
  document.getElementById("select-all")?.addEventListener("click", selectAll);
}

function listenToSelection() {
  const question = document.getElementById("bulk-question");
  const actions = {
    accept: () => acceptAll(selected()),
    wanted: openWanted,
    label: openLabel,
    move: openMove,
    copy: () => duplicate(chosen()),
    remove: () => remove(selected()),
    clear: () => {
      clear();
      focusCell(currentCell());
    },
  };
  document.getElementById("selection").addEventListener("click", ({ target }) => {
    const name = target.closest("[data-bulk]")?.dataset.bulk;
    if (!name) return;
    if (actions[name]) actions[name]();
    else put(selected(), question.value, name);
  });
}
