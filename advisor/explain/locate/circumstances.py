"""Reads what a message says besides its object: who sent it, what ran in the app or page, and what the visitor agreed to.

Used by `explain` and `situation`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from advisor.explain.locate.found import Absent, Found
from advisor.explain.parse.values import OpenObject, Path, Undefined, Value, Variable
from advisor.explain.report.problem import Problem
from advisor.explain.report.sources import CONSENT, DESTINATIONS
from advisor.knowledge.libraries import LIBRARIES, Library
from advisor.text import join_names, quote

Consent = Literal["granted", "refused", "empty", "unknown"]
"""What ``context.consent`` says."""

_SENDERS: dict[str, tuple[str, ...]] = {
    "analytics.js": ("analytics.js",),
    "analytics-ios": ("ios",),
    "analytics-android": ("android",),
    "analytics-swift": ("swift",),
    "analytics-kotlin": ("kotlin", "kotlin-server"),
    "analytics-react-native": ("react-native",),
    "analytics-flutter": ("flutter",),
    "analytics-csharp": ("unity", "analytics-csharp"),
    "@segment/analytics-node": ("analytics-node",),
    "analytics-node": ("analytics-node",),
    "analytics-python": ("analytics-python",),
    "analytics-ruby": ("analytics-ruby",),
    "analytics-go": ("analytics-go",),
    "analytics-java": ("analytics-java",),
    "analytics-php": ("analytics-php",),
    "analytics-rust": ("analytics-rust",),
    "analytics-clj": ("analytics-clojure", "analytics-java"),
}
"""``context.library.name``, in lower case -> the libraries that write it."""
_OLD = ("ios", "android")


@dataclass(frozen=True)
class Circumstances:
    """What a message says besides its object.

    ``consent`` is None if it says nothing about consent. ``marks`` is True if false may mark a bundled SDK. ``bundled`` is
    None if the message doesn't list them. ``problems`` are what the user should know about all this.
    """

    consent: Consent | None = None
    marks: bool = False
    bundled: frozenset[str] | None = None
    unbundled: frozenset[str] = frozenset()
    problems: tuple[Problem, ...] = ()


def read_circumstances(found: Found, library: Library) -> Circumstances:
    """Return what a message or a call says besides its object."""
    consent, remarks = _consent(found.context, found.context_path)
    payload = found.payload
    if payload is None:
        return Circumstances(consent, problems=remarks)
    sender = _sender(found.context) or _sender(payload.envelope)
    senders = _SENDERS.get(sender.casefold(), ()) if sender else ()
    marks = any(key in _OLD for key in senders or (library.key,))
    bundled, unbundled = _texts(payload.metadata, "bundled"), _texts(payload.metadata, "unbundled")
    problems = (
        *remarks,
        *_other_sender(sender, senders, found.context_path, library),
        *(_marked_entries(found) if marks else ()),
        *_bundled_tools(bundled, (*payload.metadata_path, "bundled")),
    )
    return Circumstances(consent, marks, bundled, unbundled or frozenset(), problems)


def _sender(context: Value | Absent) -> str | None:
    library = context.get("library") if isinstance(context, dict) else None
    name = library.get("name") if isinstance(library, dict) else library
    return name if isinstance(name, str) else None


def _other_sender(
    sender: str | None, senders: tuple[str, ...], context_path: Path, library: Library
) -> Iterator[Problem]:
    if sender and senders and library.key not in senders:
        message = f"The payload was sent by {quote(sender)}, and you chose {library.name}."
        others = join_names((LIBRARIES[key].name for key in senders), "or")
        fix = f"Choose {others}, or the answer is that of another library."
        yield Problem("other-library", (*context_path, "library", "name"), message, fix, DESTINATIONS)


def _texts(metadata: Value | Absent, name: str) -> frozenset[str] | None:
    listed_here = metadata.get(name) if isinstance(metadata, dict) else None
    return frozenset(each for each in listed_here if isinstance(each, str)) if isinstance(listed_here, list) else None


def _marked_entries(found: Found) -> Iterator[Problem]:
    own = found.integrations
    marked = [key for key, value in own.items() if value is False and key != "All"] if isinstance(own, dict) else []
    if marked:
        message = (
            f"This library writes false for every SDK that the app bundles, so that Segment’s servers don’t send the event a "
            f"second time: {join_names(map(quote, marked[:5]), 'or')} may have it already."
        )
        fix = "Look at the call itself to see whether it was switched off there."
        yield Problem("bundled-mark", (*found.path, marked[0]), message, fix, DESTINATIONS)


def _bundled_tools(bundled: frozenset[str] | None, path: Path) -> Iterator[Problem]:
    ran = sorted((bundled or frozenset()) - {"Segment.io"})
    if ran:
        tools = join_names(map(quote, ran[:5]), "or")
        message = f"The app or page itself hands this event to {tools}; Segment’s servers don’t send it again."
        yield Problem(
            "bundled-mark", path, message, "Nothing is to be done: _metadata is not the object.", DESTINATIONS
        )


def _consent(context: Value | Absent, path: Path) -> tuple[Consent | None, tuple[Problem, ...]]:
    """Return what ``context.consent`` says, and what to know about it. Segment looks at consent before the object."""
    consent = context.get("consent") if isinstance(context, dict) else None
    if consent is None or consent is Undefined.UNDEFINED:
        return None, ()
    here: Path = (*path, "consent")
    preferences = consent.get("categoryPreferences") if isinstance(consent, dict) else consent
    if isinstance(preferences, Variable) or isinstance(consent, OpenObject):
        return "unknown", (_consent_first(here, "What was agreed to isn’t in the text"),)
    if not isinstance(preferences, dict) or (not preferences and not isinstance(preferences, OpenObject)):
        message = "The consent object is empty: Segment takes it as no to every destination that has a category."
        fix = "Leave it out, or say yes or no for each category."
        return "empty", (Problem("consent-empty", here, message, fix, CONSENT),)
    here = (*here, "categoryPreferences")
    refused = [key for key, value in preferences.items() if value is not True and not isinstance(value, Variable)]
    if refused:
        what = f"{join_names(map(quote, refused[:5]), 'or')} was refused"
        return "refused", (_consent_first((*here, refused[0]), what),)
    if isinstance(preferences, OpenObject) or any(isinstance(each, Variable) for each in preferences.values()):
        return "unknown", (_consent_first(here, "What was agreed to isn’t in the text"),)
    return "granted", ()


def _consent_first(path: Path, what: str) -> Problem:
    message = f"{what}. Segment looks at consent first: true in the object never overrules a refusal."
    return Problem("consent-refused", path, message, "Look up which destinations have this category.", CONSENT)
