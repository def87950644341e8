"""Finds phrases in the names of properties, in any casing and with or without accents: ``billingAddress``, ``e_mail``.

Used for what names suggest: sensitive values (`advisor.knowledge.sensitive_names`) and kinds of personal data
(`advisor.knowledge.personal_kinds`).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping

from advisor.knowledge.name_words import words_of

_SOMETHING_ELSE = (
    "id ids subject type types kind count counts verified confirmed opened sent enabled status provider domain opt "
    "consent campaign template click clicks bounced preference preferences frequency length strength changed updated "
    "reset page category label level size color expires expiry expiration list plan channel client format brand "
    "notification notifications optin optout"
)
"""Words that change the meaning if they follow directly: ``email_subject``, ``password_length``."""
_LONGEST = 5
_ENDINGS = frozenset((word,) for word in _SOMETHING_ELSE.split())


class NamePhrases:
    """Phrases that suggest what a property contains. ``names`` maps each meaning to its phrases, separated by blanks."""

    def __init__(self, names: Mapping[str, str]) -> None:
        self._phrases = {_plain(phrase): meaning for phrase, meaning in _phrases(names)}
        # Chinese, Japanese and Korean don't separate words, so these phrases are found anywhere in a name.
        self._without_blanks = {phrase: meaning for phrase, meaning in _phrases(names) if ord(phrase[0]) > 0x2E80}

    def find(self, name: str) -> str | None:
        """Return the meaning of the first and longest phrase in the name, or None."""
        words = tuple(map(_plain, words_of(name)))
        for start in range(len(words)):
            for length in range(min(len(words) - start, _LONGEST), 0, -1):
                meaning = self._phrases.get("".join(words[start : start + length]))
                if meaning and words[start + length : start + length + 1] not in _ENDINGS:
                    return meaning
        return next((meaning for word, meaning in self._without_blanks.items() if word in name), None)


def _plain(word: str) -> str:
    """Return a word without its accents: ``contrasena`` for ``contraseña``."""
    decomposed = unicodedata.normalize("NFKD", word)
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def _phrases(names: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for meaning, phrases in names.items():
        for phrase in phrases.split():
            yield phrase.replace("_", ""), meaning
