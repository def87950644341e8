"""The words for yes, no and not sure. Imports, the grid and pasted rows read answers with them."""

from __future__ import annotations

import unicodedata

from advisor.model import Answer

# Spreadsheets write a ticked cell as TRUE in the language of the computer: WAHR, VRAI, VERDADERO, VERO.
SPELLINGS: dict[Answer, tuple[str, ...]] = {
    "yes": (
        *("yes", "y", "true", "t", "1", "x", "✓", "✔", "✅", "☑", "☒", "🗹", "👍"),
        *("ja", "j", "wahr", "oui", "vrai", "si", "sí", "sì", "verdadero", "vero"),
        *("sim", "verdadeiro", "tak", "да", "так", "是", "はい", "○", "◯", "예", "네"),
    ),
    "no": (
        *("no", "n", "false", "f", "0", "-", "–", "—", "❌", "✗", "✘", "✖", "☐", "👎"),
        *("nein", "falsch", "non", "faux", "falso"),
        *("não", "nie", "нет", "ні", "否", "いいえ", "아니오", "아니요"),
    ),
    "unsure": (
        *("?", "unsure", "not sure", "unknown"),
        *("unsicher", "nicht sicher", "pas sûr", "no seguro", "non sicuro"),
    ),
}
"""The spellings of each answer, in English, German, French, Spanish, Italian and some other languages.

Capitals and blanks don't count.
"""
_EMOJI_STYLE = "\ufe0f"
"""The invisible character that makes a tick an emoji."""


def fold(text: str) -> str:
    """Return text as it is compared with known words: without the difference of capitals and of blanks."""
    return " ".join(unicodedata.normalize("NFC", text).replace(_EMOJI_STYLE, "").split()).casefold()


_ANSWERS = {fold(word): answer for answer, words in SPELLINGS.items() for word in words}


def answer_in(text: str) -> Answer | None:
    """Return the answer that a word means; None if it means none."""
    return _ANSWERS.get(fold(text))
