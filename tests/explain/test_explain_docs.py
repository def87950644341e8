"""docs/integrations-object.md documents everything that the check has."""

from __future__ import annotations

import re
from pathlib import Path

from advisor.explain import DELIVERY_RULES, PROBLEMS, Explanation, Inquiry, explain
from advisor.explain.locate.argument_places import PLACEMENTS
from advisor.knowledge.libraries import LIBRARIES

PAGE = (Path(__file__).parents[2] / "docs" / "integrations-object.md").read_text(encoding="utf-8")


def _rows(heading: str) -> list[str]:
    table = PAGE.partition(f"| `{heading}` |")[2].partition("\n\n")[0]
    return re.findall(r"^(\| `.+ \|)$", table, re.MULTILINE)


def test_every_problem_is_in_the_table() -> None:
    """With its severity and meaning, in the order of the code."""
    assert _rows("code") == [f"| `{code}` | {kind.severity} | {kind.meaning} |" for code, kind in PROBLEMS.items()]


def test_every_rule_is_in_the_table() -> None:
    """With its meaning, in the order of the code."""
    assert _rows("rule") == [f"| `{code}` | {rule.meaning} |" for code, rule in DELIVERY_RULES.items()]


def test_every_key_of_question_and_answer_is_documented() -> None:
    """Each is named in code marks."""
    for name in (*Inquiry.__struct_fields__, *Explanation.__struct_fields__):
        assert f"`{name}`" in PAGE, name


def test_every_library_has_a_placement() -> None:
    """The answer says where the object goes."""
    assert PLACEMENTS.keys() == LIBRARIES.keys()
    assert explain(Inquiry(object={}, library="swift")).placement == PLACEMENTS["swift"]
