"""All kinds of problems of an ``integrations`` object: their severity and their meaning.

A code never changes its meaning. What each library does was measured on the real libraries, or read in their code
(``docs/integrations-object.md`` says which). Used by `problem`.
"""

from __future__ import annotations

from typing import NamedTuple

from advisor.model import Severity


class ProblemKind(NamedTuple):
    """A kind of problem: its severity, and its meaning in a sentence."""

    severity: Severity
    meaning: str


PROBLEMS: dict[str, ProblemKind] = {
    # The object is not where the library looks for it.
    "bare-options": ProblemKind(
        "error", "The entries stand in the options themselves; Analytics.js moves them into the context."
    ),
    "browser-style-call": ProblemKind(
        "error", "Event, properties and options one after another; this library takes one message."
    ),
    "capital-integrations": ProblemKind("error", "The key is integrations, in lower case."),
    "context-integrations": ProblemKind("error", "An object inside the context is not read."),
    "ignored-argument": ProblemKind("error", "An argument after the last one that the library reads."),
    "lost-with-alias": ProblemKind("error", "An alias without a new user id loses the object that it carries."),
    "message-in-browser": ProblemKind("error", "One message where Analytics.js takes arguments; it drops the object."),
    "missing-properties": ProblemKind(
        "error", "Without properties before them, Analytics.js takes the options as properties."
    ),
    "no-integrations-argument": ProblemKind("error", "This library takes no such argument."),
    "options-integrations": ProblemKind("error", "An object inside options is not read by this library."),
    "properties-integrations": ProblemKind("error", "An object inside the properties is a property."),
    "second-argument": ProblemKind("error", "This library takes one message and no second argument."),
    "traits-integrations": ProblemKind("error", "An object inside the traits is a trait."),
    "near-word": ProblemKind("error", "A word like integrations in its place; the key is integrations, exactly."),
    "no-object": ProblemKind("info", "There is no integrations object, so whatever is enabled receives the call."),
    "batch": ProblemKind("info", "The first message of a batch is looked at, the others aren’t."),
    # What the library requires of the call before it sends it.
    "missing-field": ProblemKind("error", "The library demands an id or a name, and refuses the call without it."),
    "unknown-argument": ProblemKind("error", "The call takes no such argument, and raises."),
    "wrong-type": ProblemKind("error", "The library refuses a field of this type, and sends nothing."),
    # What a payload says besides its object.
    "bundled-mark": ProblemKind(
        "info", "The payload says which SDKs the app or page has; that is no wish of the call."
    ),
    "consent-empty": ProblemKind("warning", "An empty consent object is a no to every destination with a category."),
    "consent-refused": ProblemKind("info", "Consent comes before the object: true never overrules a refusal."),
    "other-library": ProblemKind("warning", "The payload was sent by another library than the one you chose."),
    # It isn't an object, or has a key twice.
    "several-calls": ProblemKind("info", "Of several calls in a text one is looked at, the others aren’t."),
    "not-an-object": ProblemKind("error", "A list, a text or another value in place of the object."),
    "duplicate-key": ProblemKind("warning", "The same key twice; the last one counts."),
    # Keys. They match exactly, capitals included.
    "all-lower-case": ProblemKind("error", "The key is All, with a capital A."),
    "case-twin": ProblemKind("info", "Another destination’s key differs in capitals only."),
    "destination-function": ProblemKind(
        "info", "The key looks like a destination function’s, which only your workspace knows."
    ),
    "dot-in-key": ProblemKind(
        "warning", "Swift reads a dot in a key as a step into an object, so that this key stops nothing."
    ),
    "named-but-unreachable": ProblemKind("warning", "The key is true for a destination that this library can’t reach."),
    "not-listed": ProblemKind("info", "The key is right, and its destination isn’t one of those you chose."),
    "not-the-key": ProblemKind("error", "A display name or an old name in place of the key."),
    "twin-key": ProblemKind("error", "The key of another destination of the same vendor."),
    "one-instance": ProblemKind("error", "Instances of a destination can’t be addressed singly."),
    "unknown-key": ProblemKind(
        "error", "No destination has this key: under All: false its tool gets nothing, and false doesn’t stop it."
    ),
    "wrong-case": ProblemKind("error", "The key differs in capitals or blanks."),
    # Values. They are true, false, or an object with settings.
    "list-value": ProblemKind("error", "A list in place of true or false."),
    "null-value": ProblemKind(
        "error", "Null is neither true nor false; in a browser All decides, at load time it is false."
    ),
    "number-for-boolean": ProblemKind("error", "A number in place of true or false."),
    "object-for-all": ProblemKind("error", "All is true or false, nothing else."),
    "options-object": ProblemKind(
        "info", "An object with settings counts as true, and overrides filters of the schema page."
    ),
    "string-for-boolean": ProblemKind(
        "error", "A text in place of true or false; “false” as a text switches on in a browser."
    ),
    "undefined-value": ProblemKind(
        "warning", "Undefined is the same as leaving the entry out; at load time it is false."
    ),
    "variable": ProblemKind("info", "The value isn’t in the text, so that it can’t be checked."),
    "warehouses-form": ProblemKind("error", 'Warehouses takes {"all": true}, {"all": false} or {"warehouseIds": […]}.'),
    # Segment itself, warehouses and stores.
    "segment-io-false": ProblemKind(
        "error", "Segment.io is Segment itself: false can keep the event from it altogether."
    ),
    "storage-ignores-object": ProblemKind("info", "This store keeps every call, whatever the object says."),
    "warehouses-unsaid": ProblemKind(
        "warning", "Segment’s pages disagree on whether All: false keeps a call out of warehouses."
    ),
    # How individual receivers interpret it.
    "device-ignores-all": ProblemKind(
        "error", "Plugins in this library look for their own key only; All: false doesn’t stop them."
    ),
    "hybrid-not-named": ProblemKind("warning", "A browser plugin may write this key although All is false."),
    "second-name-missing": ProblemKind("warning", "The browser plugin of this destination goes by a second name."),
    # The load-time object of Analytics.js.
    "load-keeps-on": ProblemKind(
        "warning", "The load-time object says true, and All: false in the call doesn’t change that."
    ),
    "load-without-segment-io": ProblemKind(
        "error", "All: false at load time switches Segment off too, unless Segment.io is true."
    ),
    "never-loaded": ProblemKind(
        "error", "A destination left out at load time is never loaded; the call can’t bring it back."
    ),
}
"""Code -> kind, grouped by the subject of the problem."""
