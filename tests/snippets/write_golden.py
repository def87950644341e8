"""Write the golden files again."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from snippets.golden_plan import FOLDER, golden

for path in FOLDER.glob("*.txt"):
    path.unlink()
for name, text in golden().items():
    (FOLDER / f"{name}.txt").write_text(text, encoding="utf-8")
