"""All kinds of findings: the severity, title and meaning of each.

A code never changes its meaning. ``docs/findings.md`` has one entry per code.
"""

from dataclasses import dataclass

from advisor.model import Severity


@dataclass(frozen=True)
class FindingKind:
    """A kind of finding: its usual severity, its title, and its meaning in a sentence."""

    severity: Severity
    title: str
    meaning: str


SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info")
"""All severities, the most severe first."""

FINDINGS: dict[str, FindingKind] = {
    # Answers that contradict each other or the plan.
    "browser-only-and-absent": FindingKind(
        "warning",
        "Only the client sees it, yet nothing of yours need be running",
        "One of the two answers needs another look.",
    ),
    "browser-only-and-computed": FindingKind(
        "warning",
        "Only the client sees it, yet a value comes from the database",
        "The client would have to ask your server for the value first.",
    ),
    "browser-only-and-stored": FindingKind(
        "info", "Only the client sees it, yet you keep a record", "Then your server does hear of it, perhaps later."
    ),
    "computed-not-stored": FindingKind(
        "warning",
        "A value comes from the database, yet nothing is stored",
        "One of the two answers needs another look.",
    ),
    "client-property-and-absent": FindingKind(
        "warning",
        "A property only the client knows, yet nothing of yours need be running",
        "The value has to be stored while the client runs.",
    ),
    "answer-overruled": FindingKind(
        "warning", "An answer is overruled", "Properties or destinations of the plan say otherwise, and they count."
    ),
    # Weak points of the advice, and its costs.
    "sensitive-unanswered": FindingKind(
        "warning",
        "Nobody said whether it is sensitive",
        "A client call can be read on that device, and advertising tools and tag managers must not get a sensitive event.",
    ),
    "accuracy-on-client": FindingKind(
        "warning",
        "Something acts on every one, yet the client sends it",
        "Blockers and lost connections lose client calls, a few percent to most of a technical audience.",
    ),
    "sensitive-client-call": FindingKind(
        "error", "A sensitive event has a client call", "The destinations named need masking, or have to go."
    ),
    "sensitive-to-third-party": FindingKind(
        "warning", "A sensitive event reaches other companies", "Your contract with each of them must allow it."
    ),
    "half-for-the-record": FindingKind(
        "warning",
        "One of the two calls feeds no destination",
        "It is there for Segment’s record or the warehouse only.",
    ),
    "name-the-destination": FindingKind(
        "warning", "The client-only tool has no name", "Add it to the plan, so that the client call can name it."
    ),
    "property-not-sent": FindingKind(
        "warning", "No call carries this property", "An error if the property is required."
    ),
    "unsettled": FindingKind(
        "info", "An open question could change the placement", "The decisive questions say which."
    ),
    "suggested-answers": FindingKind("info", "The advice rests on suggested answers", "Accept or change them."),
    # The destinations that get the event.
    "unreachable": FindingKind(
        "warning",
        "A wanted destination isn’t reached",
        "No call of this event can deliver it; the reason and an alternative are given.",
    ),
    "partial-reach": FindingKind(
        "warning", "Only some sources reach a destination", "It will count what happens on those sources only."
    ),
    "nothing-delivered": FindingKind(
        "error", "No destination receives this event", "It wants destinations, and no call reaches one."
    ),
    "no-source": FindingKind(
        "error", "A call without a library", "The plan has no library on the side that makes this call."
    ),
    "no-such-call": FindingKind(
        "error",
        "No source makes this call",
        "Some call types belong to one type of client library, and the event has none of it.",
    ),
    "shared-event-id": FindingKind(
        "info",
        "Two calls feed one vendor",
        "Give both the same id, and never the same messageId: Segment drops the second.",
    ),
    "not-subscribed": FindingKind(
        "warning",
        "A destination does nothing with this event yet",
        "It has no mapping, or acts on other events only: until one is made in Segment, nothing of this event arrives there.",
    ),
    "value-not-read": FindingKind(
        "info",
        "The amount arrives nowhere",
        "By default, the destination reads it from a property that this event has not.",
    ),
    "double-count": FindingKind(
        "warning",
        "One event, counted twice",
        "Two destinations of one tool receive it, and the tool can’t tell the copies apart.",
    ),
    "call-type-uncertain": FindingKind(
        "warning",
        "It is not certain that the destination takes this call",
        "The catalogue names the call type, and the destination’s own code does not.",
    ),
    "loads-only": FindingKind(
        "info",
        "A destination that only loads",
        "It takes no calls. Loading Analytics.js with it enabled is all it needs.",
    ),
    "plugin-unverified": FindingKind(
        "warning",
        "No documented plugin for this library",
        "Device mode needs one here. Check that it exists before you count on it.",
    ),
    "key-applies-to-all-instances": FindingKind(
        "info",
        "One key for all instances",
        "Several instances of a destination share one key and can’t be addressed apart.",
    ),
    "storage-ignores-object": FindingKind(
        "info", "Storage that ignores the object", "It receives every call and ignores the object."
    ),
    "catalogue-uncertain": FindingKind(
        "info",
        "The catalogue isn’t sure of this destination",
        "How sources reach it could not be confirmed. Check it in your workspace.",
    ),
    # The team's decisions.
    "decision-exposes-sensitive": FindingKind(
        "error",
        "The decision sends a sensitive event from the client",
        "Sensitive properties stay out of the call and its object stays closed.",
    ),
    "decision-loses-payment": FindingKind(
        "error", "The decision takes a payment off the server", "The client will miss some payments."
    ),
    "decision-outdated": FindingKind(
        "warning",
        "The advice has changed since the decision",
        "The team decided against another recommendation. Look again.",
    ),
    "decision-idle-half": FindingKind(
        "warning", "The decision makes a call that feeds nothing", "One side would send the event for no destination."
    ),
    "practice-differs": FindingKind(
        "warning",
        "It is tracked from another side today",
        "The placement in force differs from where the team tracks it. Move the event, or decide to keep it there.",
    ),
    # The plan as a whole.
    "profiles-from-client": FindingKind(
        "warning",
        "Profiles come from the client",
        "Something acts on every event, yet the identify call can be blocked.",
    ),
    "client-stays-anonymous": FindingKind(
        "warning",
        "Client libraries never learn who the user is",
        "They learn the userId only from an identify call made there, and every identify of the plan is the server’s.",
    ),
    "duplicate-event": FindingKind(
        "warning", "Two events with the same call, name and version", "Merge them, or rename one."
    ),
    # Names in the plan.
    "near-duplicate-event": FindingKind(
        "warning",
        "Two names that read alike",
        "They differ in case, number, tense, order or one letter. If they are one event, keep one of them.",
    ),
    "value-in-name": FindingKind(
        "warning", "A value in a name", "Each value makes a new name, which no report adds up. Send it as a property."
    ),
    "reserved-name": FindingKind("warning", "A name that begins with $", "Vendors keep such names for themselves."),
    "spec-name-variant": FindingKind(
        "info",
        "Almost a name of Segment’s spec",
        "Destinations know the events of the spec by their exact names only.",
    ),
    "event-name-style": FindingKind(
        "info", "An event’s name in another style", "The plan’s naming convention writes it differently."
    ),
    "event-name-action": FindingKind(
        "info",
        "A name that doesn’t say what happened",
        "Name the object, then the action in the past: Order Completed.",
    ),
    "property-name-style": FindingKind(
        "info", "A property’s name in another style", "The plan’s naming convention writes it differently."
    ),
    "near-duplicate-property": FindingKind(
        "warning",
        "Two spellings of one property",
        "They differ in case or joints only and become two columns in every report.",
    ),
    "unknown-naming": FindingKind(
        "warning",
        "A naming convention that nobody knows",
        "The names are not checked until it is one of the known ones.",
    ),
    # Properties.
    "blank-name": FindingKind(
        "warning", "A property without a name", "No code can send it under a name that somebody finds. Give it one."
    ),
    "duplicate-property": FindingKind(
        "warning", "A property that is there twice", "A call carries one value for a name. Remove or rename one."
    ),
    "property-type-conflict": FindingKind(
        "warning",
        "One property, two types",
        "Events disagree about its type, and no column or chart can hold both.",
    ),
    "reserved-property-type": FindingKind(
        "warning",
        "A reserved name with another type",
        "Segment gives the name a meaning, and destinations expect its type.",
    ),
    "sensitive-looking": FindingKind(
        "info",
        "A property that looks sensitive",
        "If it is, mark it: then no client call carries it. If it isn’t, dismiss this.",
    ),
    # Limits of destinations, and destinations that get nothing.
    "name-over-limit": FindingKind(
        "warning", "A name that a destination finds too long or short", "The destination cuts it or drops the event."
    ),
    "name-refused": FindingKind(
        "warning",
        "A name that a destination doesn’t take",
        "It has characters that are not allowed there, or is reserved.",
    ),
    "too-many-properties": FindingKind(
        "warning", "More properties than a destination takes", "Those beyond its limit are lost there."
    ),
    "property-name-refused": FindingKind(
        "warning", "A property’s name that a destination doesn’t take", "It is too long, or reserved there."
    ),
    "custom-over-catalogue": FindingKind(
        "info", "A custom destination hides one of the catalogue", "Its reach is taken as written."
    ),
    "idle-destination": FindingKind(
        "info",
        "A destination that gets nothing",
        "No event of the plan reaches it. Events that want it say why; if none does, want it somewhere or remove it.",
    ),
    # Notes on reading a document.
    "name-replaced": FindingKind(
        "info", "A destination’s name was replaced by its key", "The integrations object knows the key only."
    ),
    "library-replaced": FindingKind(
        "info", "A library’s name was replaced by its key", "The plan names libraries by key."
    ),
}
