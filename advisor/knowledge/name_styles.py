"""The naming styles that a plan can choose, and the names that Segment's spec reserves.

Sources: Segment, Tracking plan best practices (Title Case events of an object and a past action, snake_case properties, no
values in names) and its specs of track, page, identify and group (reserved properties and traits, and their types).
"""

from __future__ import annotations

BEST_PRACTICES = "https://www.twilio.com/docs/segment/protocols/tracking-plan/best-practices"
SPEC = "https://www.twilio.com/docs/segment/connections/spec"

ANY = "any"
"""The style that every name follows: nothing is checked."""
STYLES: dict[str, str] = {
    "Title Case": "Order Completed",
    "Sentence case": "Order completed",
    "lower case": "order completed",
    "snake_case": "order_completed",
    "SCREAMING_SNAKE_CASE": "ORDER_COMPLETED",
    "kebab-case": "order-completed",
    "camelCase": "orderCompleted",
    "PascalCase": "OrderCompleted",
}
"""Style -> an example of it."""
EVENT_STYLE, PROPERTY_STYLE = "Title Case", "snake_case"
"""The styles of a plan that names none: those that Segment recommends."""

SMALL_WORDS = frozenset(
    {
        *("a", "an", "and", "as", "at", "by", "for", "from", "in", "into", "of", "on", "or", "out", "over", "per"),
        *("the", "to", "up", "via", "vs", "with"),
    }
)
"""Words that Title Case may write small, as in Segment's own “Product Added to Wishlist”."""

PAST: dict[str, str] = {
    "began": "begin", "begun": "begin", "bought": "buy", "broken": "break", "built": "build", "caught": "catch",
    "chosen": "choose", "cut": "cut", "done": "do", "drawn": "draw", "driven": "drive", "eaten": "eat", "felt": "feel",
    "found": "find", "forgotten": "forget", "given": "give", "gone": "go", "got": "get", "heard": "hear", "held": "hold",
    "hidden": "hide", "hit": "hit", "kept": "keep", "known": "know", "left": "leave", "lent": "lend", "lost": "lose",
    "made": "make", "met": "meet", "overridden": "override", "paid": "pay", "put": "put", "read": "read", "reset": "reset",
    "run": "run", "said": "say", "seen": "see", "sent": "send", "set": "set", "shown": "show", "shut": "shut",
    "sold": "sell", "spent": "spend", "split": "split", "spoken": "speak", "taken": "take", "taught": "teach",
    "told": "tell", "thrown": "throw", "undone": "undo", "unread": "unread", "upset": "upset", "withdrawn": "withdraw",
    "won": "win", "written": "write",
}  # fmt: skip
"""Past forms that don't end in “ed” -> the verb."""

VERBS: dict[str, str] = {
    "accept": "Accepted", "add": "Added", "apply": "Applied", "approve": "Approved", "buy": "Bought", "cancel": "Cancelled",
    "choose": "Chosen", "click": "Clicked", "close": "Closed", "complete": "Completed", "confirm": "Confirmed",
    "create": "Created", "delete": "Deleted", "dismiss": "Dismissed", "download": "Downloaded", "enter": "Entered",
    "install": "Installed", "invite": "Invited", "open": "Opened", "play": "Played", "purchase": "Purchased",
    "receive": "Received", "remove": "Removed", "search": "Searched", "select": "Selected", "send": "Sent",
    "start": "Started", "submit": "Submitted", "tap": "Tapped", "update": "Updated", "upload": "Uploaded",
    "view": "Viewed",
}  # fmt: skip
"""A verb at the beginning of a name (“View Product”) -> its form at the end of Segment's names (“Product Viewed”)."""

TEXT, NUMBER = frozenset({"string"}), frozenset({"number", "integer"})
DATE, OBJECT = frozenset({"datetime", "string"}), frozenset({"object"})
RESERVED_PROPERTIES: dict[str, frozenset[str]] = {"revenue": NUMBER, "value": NUMBER, "currency": TEXT}
"""Property of any track call that destinations read by name -> the types that they understand."""
RESERVED_PAGE_PROPERTIES: dict[str, frozenset[str]] = {
    "name": TEXT, "path": TEXT, "referrer": TEXT, "search": TEXT, "title": TEXT, "url": TEXT, "keywords": frozenset({"array"}),
}  # fmt: skip
RESERVED_USER_TRAITS: dict[str, frozenset[str]] = {
    "address": OBJECT, "age": NUMBER, "avatar": TEXT, "birthday": DATE, "company": OBJECT, "createdAt": DATE,
    "description": TEXT, "email": TEXT, "firstName": TEXT, "gender": TEXT, "id": TEXT, "lastName": TEXT, "name": TEXT,
    "phone": TEXT, "title": TEXT, "username": TEXT, "website": TEXT,
}  # fmt: skip
RESERVED_GROUP_TRAITS: dict[str, frozenset[str]] = {
    "address": OBJECT, "avatar": TEXT, "createdAt": DATE, "description": TEXT, "email": TEXT, "employees": TEXT | NUMBER,
    "id": TEXT, "industry": TEXT, "name": TEXT, "phone": TEXT, "plan": TEXT, "website": TEXT,
}  # fmt: skip
RESERVED: dict[str, dict[str, frozenset[str]]] = {
    "track": RESERVED_PROPERTIES,
    "page": RESERVED_PAGE_PROPERTIES,
    "screen": {"name": TEXT},
    "identify": RESERVED_USER_TRAITS,
    "group": RESERVED_GROUP_TRAITS,
    "alias": {},
}
"""Call type -> name to which Segment gives a meaning -> the types that it expects."""
