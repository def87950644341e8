// What is folded out stays so when its part of the page is replaced: by the live advice, or after an undo.

const open = new Set(); // ids of what is folded out

document.addEventListener("toggle", ({ target }) => {
  if (!target.id || !target.isConnected) return;
  if (target.open) open.add(target.id);
  else open.delete(target.id);
}, true);

document.addEventListener("advisor:shown", ({ detail }) => {
  for (const id of open) {
    const fold = detail.querySelector(`details#${CSS.escape(id)}`);
    if (fold) fold.open = true;
  }
});
