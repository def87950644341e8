"""Laws of the stylesheets."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SHEETS = sorted((ROOT / "static").rglob("*.css"))


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.stem)
def test_opacity_never_fades_text(sheet: Path) -> None:
    """A faded text falls below the contrast that WCAG asks for, also in states that last only a moment."""
    rules = re.findall(r"([^{}]+)\{([^{}]*)\}", sheet.read_text())
    faded = [
        selector.strip()
        for selector, body in rules
        for value in re.findall(r"(?<![\w-])opacity:\s*([\d.%]+)", body)
        if float(value.rstrip("%")) not in (0, 1) and not selector.strip().endswith(("::before", "::after"))
    ]
    assert faded == []


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: str(path.relative_to(ROOT / "static")))
def test_every_rule_is_in_a_layer(sheet: Path) -> None:
    """Outside of all layers a rule would win over every rule inside one, whatever the order of the layers says."""
    text = re.sub(r"/\*.*?\*/", "", sheet.read_text(), flags=re.DOTALL)
    while text != (flat := re.sub(r"\{[^{}]*\}", ";", text)):
        text = flat
    outside = [part.strip() for part in text.split(";") if part.strip()]
    assert [part for part in outside if not re.match(r"@(layer|import)\b", part)] == []
