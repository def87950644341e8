"""Hypothesis strategies for plan documents: every part of the format, with hostile text wherever text may be."""

from __future__ import annotations

from typing import Any

import msgspec
from hypothesis import strategies as st

from advisor.knowledge.catalogue import CATALOGUE, RESERVED_NAMES, fold, storage_names
from advisor.knowledge.libraries import LIBRARIES
from advisor.knowledge.questions import QUESTION_KEYS
from advisor.model import CALL_TYPES, FORMAT, PROPERTY_TYPES, Plan

HOSTILE = (
    "</script><script>alert(1)</script>",
    'it\'s "quoted" \\ and \\\\',
    "line\nbreak\r\n\u2028\u2029\x85",
    "\u202eright to left\u200f",
    "👩‍👩‍👧 family",
    "\x00\x1f\x7f",
    "'; drop table plans; --",
    "{{ 7 * 7 }} ${x} %s",
    "a/b~c~0~1",
    "\ufeffmark",
    "=cmd|' /C calc'!A0",
)

texts = st.one_of(st.sampled_from(HOSTILE), st.text(max_size=30))
names = texts.filter(str.strip)
keys = st.one_of(st.sampled_from([*HOSTILE, "__proto__", "extra", "name"]), st.text(max_size=10))
numbers = st.one_of(
    st.integers(-(10**40), 10**40),
    st.floats(allow_nan=False, allow_infinity=False),
    st.sampled_from([1, 1.0, -0.0, 1e22, 5e-324]),
)
scalars = st.one_of(st.none(), st.booleans(), numbers, texts)
json_values = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=3), max_leaves=8
)
extras = st.dictionaries(keys, json_values, max_size=3)
dates = st.one_of(st.none(), st.dates().map(str), st.datetimes().map(str))
modes = st.sampled_from([None, "device", "cloud"])


def _with_extra(members: dict[str, st.SearchStrategy[Any]]) -> st.SearchStrategy[dict[str, Any]]:
    whole = st.fixed_dictionaries(members)
    return st.one_of(whole, st.builds(lambda tree, extra: tree | ({"extra": extra} if extra else {}), whole, extras))


property_names = st.one_of(names, st.sampled_from(["", " ", "\t"]), texts)
personal_kinds = st.sampled_from(
    ["", "contact", "identity", "health", "finance", "location", "credential", "free-text"]
)
label_values = texts | st.lists(texts, max_size=3)
versions = st.none() | st.integers(-(10**40), 10**40) | texts
practices = st.none() | st.fixed_dictionaries(
    {"placement": st.sampled_from(["client", "server", "both"]), "evidence": texts}
)


def properties(depth: int = 2) -> st.SearchStrategy[list[dict[str, Any]]]:
    """Draw properties with properties inside."""
    types = st.lists(st.sampled_from(PROPERTY_TYPES), min_size=1, max_size=3, unique=True).map("|".join)
    return st.lists(
        _with_extra(
            {
                "name": property_names,
                "type": types,
                "required": st.booleans(),
                "sensitive": st.booleans(),
                "personal": personal_kinds,
                "known_by": st.sampled_from(["either", "client", "server"]),
                "values": st.lists(scalars, max_size=3),
                "description": texts,
                "properties": properties(depth - 1) if depth else st.just([]),
            }
        ),
        max_size=2,
    )


def _custom_key(name: str) -> bool:
    return fold(name) not in {fold(reserved) for reserved in RESERVED_NAMES} | storage_names()


custom_reach = st.fixed_dictionaries(
    {
        "web": st.sampled_from(["device", "cloud", "none"]),
        "mobile": st.sampled_from(["device", "cloud", "none"]),
        "server": st.sampled_from(["cloud", "none"]),
    }
)
custom_destinations = _with_extra(
    {
        "key": names.filter(_custom_key),
        "web_mode": st.none(),
        "mobile_mode": st.none(),
        "custom": custom_reach,
        "consent": texts,
        "contract": texts,
    }
)


@st.composite
def catalogue_destinations(draw: st.DrawFn) -> dict[str, Any]:
    """Draw a destination of the catalogue, with a mode where there is a choice."""
    row = CATALOGUE[draw(st.sampled_from(sorted(CATALOGUE)))]
    choices = {f"{kind}_mode": draw(modes) if len(row.reaches(kind)) == 2 else None for kind in ("web", "mobile")}
    return {"key": row.key, **choices, "custom": None, "consent": draw(texts), "contract": draw(texts)}


decisions = _with_extra(
    {
        "placement": st.sampled_from(["client", "server", "both"]),
        "reason": texts,
        "author": texts,
        "date": dates,
        "against": st.none()
        | st.fixed_dictionaries(
            {"placement": st.sampled_from(["client", "server", "both"]), "ruleset": st.none() | texts}
        ),
    }
)
dismissals = st.lists(
    st.fixed_dictionaries({"code": texts, "reason": texts, "author": texts, "date": dates}), max_size=2
)


def _answers(given: dict[str, str]) -> dict[str, str]:
    return {key: given[key] for key in QUESTION_KEYS if key in given}


def _sorted(mapping: dict[str, Any]) -> dict[str, Any]:
    return dict(sorted(mapping.items()))


def events(libraries: list[str], destinations: list[str]) -> st.SearchStrategy[dict[str, Any]]:
    """Draw events of a plan with these client libraries and destinations."""

    def some(of: list[str]) -> st.SearchStrategy[Any]:
        return st.just("all") | (st.lists(st.sampled_from(of), unique=True, max_size=4) if of else st.just([]))

    return _with_extra(
        {
            "name": names,
            "call": st.sampled_from(CALL_TYPES),
            "description": texts,
            "labels": st.dictionaries(texts.filter(bool), label_values, max_size=3).map(_sorted),
            "version": versions,
            "practice": practices,
            "status": st.sampled_from(["proposed", "agreed", "implemented"]),
            "owner": texts,
            "answers": st.dictionaries(st.sampled_from(QUESTION_KEYS), st.sampled_from(["yes", "no"])).map(_answers),
            "suggested": st.lists(st.sampled_from(QUESTION_KEYS), max_size=3),
            "sources": some(libraries),
            "destinations": some(destinations),
            "properties": properties(),
            "decision": st.none() | decisions,
            "dismissed": dismissals,
        }
    )


def _on_side(side: str) -> list[str]:
    return [key for key, library in LIBRARIES.items() if library.side == side]


@st.composite
def plan_trees(draw: st.DrawFn) -> dict[str, Any]:
    """Draw the JSON value of a valid plan document in which every key is written out."""
    client = draw(
        st.lists(
            st.sampled_from([key for key, one in LIBRARIES.items() if one.side == "client"]), unique=True, max_size=3
        )
    )
    server = draw(st.none() | st.sampled_from([key for key, one in LIBRARIES.items() if one.side == "server"]))
    destinations = draw(
        st.lists(catalogue_destinations() | custom_destinations, max_size=5, unique_by=lambda entry: entry["key"])
    )
    named = [entry["key"] for entry in destinations]
    naming = st.none() | st.fixed_dictionaries({"events": texts, "properties": texts})
    return draw(
        _with_extra(
            {
                "format": st.just(FORMAT),
                "name": names,
                "description": texts,
                "sources": st.just({"client": client, "server": server}),
                "destinations": st.just(destinations),
                "warehouse": st.booleans(),
                "naming": naming,
                "dismissed": dismissals,
                "common": properties(1),
                "events": st.lists(events(client, named), max_size=3),
            }
        )
    )


plans = plan_trees().map(lambda tree: msgspec.convert(tree, Plan))
"""Plans as a form might build them: valid, not yet in canonical form (an extra may be unsorted)."""
