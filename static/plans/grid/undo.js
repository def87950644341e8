// Undo and redo of the grid. What undoes a change is a change of cells like any other.

import { isIdle, onSaved, save } from "./saving.js";
import { root } from "./table.js";
import { announce } from "../edits/save-status.js";
import { UndoStack } from "../edits/save-undo.js";

const stack = new UndoStack(`grid-${root.dataset.plan}`, { isIdle, take: save, announce });

export const undo = () => stack.undo();
export const redo = () => stack.redo();

export function startUndo() {
  onSaved((answer, as) => stack.remember(Object.keys(answer.undo).length ? answer.undo : null, as));
}
