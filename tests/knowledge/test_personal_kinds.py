"""Kinds of personal data that names suggest: each sensitive name has one, and a word about such a thing has none."""

from __future__ import annotations

from typing import get_args

import pytest

from advisor.knowledge.personal_kinds import KIND_OF_SENSITIVE, PERSONAL_KINDS, guessed_kind, kind_of_word
from advisor.knowledge.sensitive_names import SENSITIVE_NAMES, sensitive_kind
from advisor.model import Personal


def test_every_kind_of_the_document_has_a_word() -> None:
    """The kinds of the pages are those of the document, in its order."""
    assert ("", *PERSONAL_KINDS) == get_args(Personal)


def test_every_sensitive_name_suggests_a_kind() -> None:
    """A name that a finding calls sensitive is never without a guess on the privacy page."""
    assert set(KIND_OF_SENSITIVE) == set(SENSITIVE_NAMES)
    for names in SENSITIVE_NAMES.values():
        for name in names.split():
            assert sensitive_kind(name), name
            assert guessed_kind(name) in PERSONAL_KINDS, name


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("email", "contact"),
        ("billingAddress", "contact"),
        ("Téléphone", "contact"),
        ("patient_id", "identity"),
        ("First Name", "identity"),
        ("diagnosis", "health"),
        ("credit_card", "finance"),
        ("session_token", "credential"),
        ("latitude", "location"),
        ("search_query", "free-text"),
        ("メール", "contact"),
    ],
)
def test_a_name_suggests_its_kind(name: str, kind: str) -> None:
    """In any casing, with accents, and in other scripts."""
    assert guessed_kind(name) == kind


@pytest.mark.parametrize(
    "name",
    ["", " ", "total", "email_subject", "password_length", "message_id", "product_name", "page", "plan", "weight"],
)
def test_a_name_about_something_else_suggests_none(name: str) -> None:
    """Neither do blank names."""
    assert guessed_kind(name) == ""


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("EMAIL", "contact"),
        ("Health", "health"),
        ("payment", "finance"),
        ("Location", "location"),
        ("None", "identity"),
    ],
)
def test_a_word_of_another_tool_has_a_kind(word: str, kind: str) -> None:
    """All that says only that it is personal is identity."""
    assert kind_of_word(word) == kind
