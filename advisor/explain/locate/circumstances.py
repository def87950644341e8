"""Reads what a message says besides its object: who sent it, what ran in the app or page, and what the visitor agreed to.

Used by `explain` and `situation`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from advisor.explain.locate.found import Absent, Found
from advisor.explain.parse.values import OpenObject, Path, Undefined, Value, Variable
from advisor.explain.report.report import Report, listed, quoted
from advisor.explain.report.sources import CONSENT, DESTINATIONS
from advisor.knowledge.libraries import LIBRARIES, Library

Consent = Literal["", "granted", "refused", "empty", "unknown"]
"""What ``context.consent`` says; an empty text if there is none."""

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

    ``marks`` is True if false may mark a bundled SDK. ``bundled`` is None if the message doesn't list them.
    """

    consent: Consent = ""
    marks: bool = False
    bundled: frozenset[str] | None = None
    unbundled: frozenset[str] = frozenset()


NOTHING_TOLD = Circumstances()


def read_circumstances(found: Found, library: Library, report: Report) -> Circumstances:
    """Return what a message or a call says besides its object, and report what the user should know about it."""
    consent = _consent(found.context, found.context_path, report)
    payload = found.payload
    if payload is None:
        return Circumstances(consent)
    sender = _sender(found.context) or _sender(payload.envelope)
    senders = _SENDERS.get(sender.casefold(), ()) if sender else ()
    if senders and library.key not in senders:
        message = f"The payload was sent by {quoted(sender)}, and you chose {library.name}."
        fix = f"Choose {listed(LIBRARIES[key].name for key in senders)}, or the answer is that of another library."
        report.add("other-library", (*found.context_path, "library", "name"), message, fix, DESTINATIONS)
    marks = any(key in _OLD for key in senders or (library.key,))
    if marks:
        _report_marks(found, report)
    lists = {name: _texts(payload.metadata, name) for name in ("bundled", "unbundled")}
    _report_bundled(lists["bundled"], (*payload.metadata_path, "bundled"), report)
    return Circumstances(consent, marks, lists["bundled"], lists["unbundled"] or frozenset())


def _sender(context: Value | Absent) -> str:
    library = context.get("library") if isinstance(context, dict) else None
    name = library.get("name") if isinstance(library, dict) else library
    return name if isinstance(name, str) else ""


def _texts(metadata: Value | Absent, name: str) -> frozenset[str] | None:
    listed_here = metadata.get(name) if isinstance(metadata, dict) else None
    return frozenset(each for each in listed_here if isinstance(each, str)) if isinstance(listed_here, list) else None


def _report_marks(found: Found, report: Report) -> None:
    own = found.integrations
    marked = [key for key, value in own.items() if value is False and key != "All"] if isinstance(own, dict) else []
    if marked:
        message = (
            f"This library writes false for every SDK that the app bundles, so that Segment’s servers don’t send the event a "
            f"second time: {listed(map(quoted, marked[:5]))} may have it already."
        )
        fix = "Look at the call itself to see whether it was switched off there."
        report.add("bundled-mark", (*found.path, marked[0]), message, fix, DESTINATIONS)


def _report_bundled(bundled: frozenset[str] | None, path: Path, report: Report) -> None:
    ran = sorted((bundled or frozenset()) - {"Segment.io"})
    if ran:
        tools = listed(map(quoted, ran[:5]))
        message = f"The app or page itself hands this event to {tools}; Segment’s servers don’t send it again."
        report.add("bundled-mark", path, message, "Nothing is to be done: _metadata is not the object.", DESTINATIONS)


def _consent(context: Value | Absent, path: Path, report: Report) -> Consent:
    """Return and report what ``context.consent`` says. Segment looks at consent before the object."""
    consent = context.get("consent") if isinstance(context, dict) else None
    if consent is None or consent is Undefined.UNDEFINED:
        return ""
    here: Path = (*path, "consent")
    preferences = consent.get("categoryPreferences") if isinstance(consent, dict) else consent
    if isinstance(preferences, Variable) or isinstance(consent, OpenObject):
        _say(here, "What was agreed to isn’t in the text", report)
        return "unknown"
    if not isinstance(preferences, dict) or (not preferences and not isinstance(preferences, OpenObject)):
        message = "The consent object is empty: Segment takes it as no to every destination that has a category."
        report.add("consent-empty", here, message, "Leave it out, or say yes or no for each category.", CONSENT)
        return "empty"
    here = (*here, "categoryPreferences")
    refused = [key for key, value in preferences.items() if value is not True and not isinstance(value, Variable)]
    if refused:
        _say((*here, refused[0]), f"{listed(map(quoted, refused[:5]))} was refused", report)
        return "refused"
    if isinstance(preferences, OpenObject) or any(isinstance(each, Variable) for each in preferences.values()):
        _say(here, "What was agreed to isn’t in the text", report)
        return "unknown"
    return "granted"


def _say(path: Path, what: str, report: Report) -> None:
    message = f"{what}. Segment looks at consent first: true in the object never overrules a refusal."
    report.add("consent-refused", path, message, "Look up which destinations have this category.", CONSENT)
