"""How the form of an event shows and reads its version, and where the team tracks it today."""

from __future__ import annotations

import re
from typing import cast

from msgspec.structs import replace

from advisor.model import Placement, Practice
from advisor.web.forms.fields import typed_or_original

Version = int | str | None
UNKNOWN = ""
"""The choice of somebody who does not know where the event is tracked today."""
_NUMBER = re.compile(r"0|[1-9][0-9]{0,8}", re.ASCII)


def version_text(version: Version) -> str:
    """Return a version as its field shows it."""
    return "" if version is None else str(version)


def read_version(typed: str | None, original: Version) -> Version:
    """Return the typed version: a number if it is one, None if the field is empty. An untouched one stays as it was."""
    text = typed_or_original(typed, version_text(original))
    if text == version_text(original):
        return original
    if not text.strip():
        return None
    return int(text) if _NUMBER.fullmatch(text) else text


def read_practice(placement: str, evidence: str | None, original: Practice | None) -> Practice | None:
    """Return where the event is tracked today; None if the placement is unknown."""
    if placement == UNKNOWN:
        return None
    base = original or Practice(placement="client")
    return replace(base, placement=cast(Placement, placement), evidence=typed_or_original(evidence, base.evidence))
