"""For every finding about names, properties and destinations: a plan that has it, and the most similar one that doesn't."""

from __future__ import annotations

from dataclasses import dataclass

from msgspec.structs import replace

from advisor.model import CallType, CustomReach, Destination, Event, Naming, Plan, Property, Sources

GA4, FIREBASE, MIXPANEL, BRAZE = "Actions Google Analytic 4", "Firebase", "Mixpanel", "Braze Web Mode (Actions)"
APP_EVENTS = "Facebook App Events"
FROM_THE_SERVER = CustomReach(server="cloud")


@dataclass(frozen=True)
class Example:
    """A plan with a finding, where it points, and a plan without it."""

    code: str
    pointer: str
    having: Plan
    lacking: Plan


def plan(*events: Event, to: tuple[str, ...] = (), naming: Naming | None = None) -> Plan:
    """Return a plan of these events and destinations, on the web, in an app and on a server."""
    return Plan(
        sources=Sources(client=("analytics.js", "swift"), server="analytics-node"),
        destinations=tuple(Destination(key=key) for key in to),
        naming=naming,
        events=events,
    )


def names(*texts: str, call: CallType = "track") -> tuple[Event, ...]:
    """Return events of these names."""
    return tuple(Event(name=text, call=call) for text in texts)


def with_properties(*properties: Property, call: CallType = "track") -> Event:
    """Return an event with these properties."""
    return Event(name="Order Completed", call=call, properties=properties)


def named(code: str, bad: str, good: str, **rest: object) -> Example:
    """Return an example in which only the event's name differs."""
    return Example(code, "/events/0/name", plan(*names(bad), **rest), plan(*names(good), **rest))


def styled(style: str, bad: str, good: str) -> Example:
    """Return an example in a plan whose events are named in this style."""
    return named("event-name-style", bad, good, naming=Naming(events=style))


def of_property(code: str, bad: Property, good: Property, pointer: str = "/name", **rest: object) -> Example:
    """Return an example in which only a property differs."""
    return Example(
        code,
        f"/events/0/properties/0{pointer}",
        plan(with_properties(bad), **rest),
        plan(with_properties(good), **rest),
    )


def twice(code: str, pointer: str, first: Property, bad: Property, good: Property) -> Example:
    """Return an example of two events with a property each."""
    return Example(
        code,
        pointer,
        plan(with_properties(first), with_properties(bad)),
        plan(with_properties(first), with_properties(good)),
    )


SECOND = "/events/1/name"
TOTAL = Property(name="total", type="number")


def alike(one: str, other: str, different: str) -> Example:
    """Return an example of two names that read alike, and two that don't."""
    return Example("near-duplicate-event", SECOND, plan(*names(one, other)), plan(*names(one, different)))


EXAMPLES = (
    alike("Order Completed", "order_completed", "Order Cancelled"),
    alike("Invite Sent", "Invites Sent", "Invite Shown"),
    alike("Trial Started", "Start Trial", "Trial Ended"),
    alike("Subscription Renewed", "Subscripton Renewed", "Subscription Resumed"),
    alike("Step 1 Viewed", "Step-1 Viewed", "Step 2 Viewed"),
    alike("Order Completed", "Completed Order", "Order Order Completed"),
    named("value-in-name", "Signed Up 2024-05-01", "Signed Up"),
    named("value-in-name", "Order 48213 Shipped", "Order Step 4 Shipped"),
    named("value-in-name", "ann@example.com Invited", "Friend Invited"),
    named("value-in-name", "Item for $9.99 Added", "Item for Money Added"),
    named("value-in-name", "Article {{slug}} Opened", "Article Slug Opened"),
    named("value-in-name", "Sale 2024 Opened", "Sale Opened"),
    of_property("value-in-name", Property(name="score_2024"), Property(name="score_20"), naming=Naming(properties="any")),
    named("reserved-name", "$Signup Finished", "Signup Finished"),
    of_property("reserved-name", Property(name="$city"), Property(name="city")),
    named("spec-name-variant", "order_completed", "Order Completed"),
    named("spec-name-variant", "Product Added To Wishlist", "Product Added to Wishlist"),
    named("event-name-style", "friend_invited", "Friend Invited"),
    named("event-name-style", "FRIEND INVITED", "FAQ Opened"),
    named("event-name-style", "App  Opened", "iOS App Opened"),
    styled("snake_case", "Friend Invited", "friend_invited"),
    styled("camelCase", "Friend Invited", "friendInvited"),
    styled("PascalCase", "friend-invited", "FriendInvited"),
    styled("kebab-case", "friend_invited", "friend-invited"),
    styled("Sentence case", "Friend Invited", "Friend invited"),
    styled("lower case", "Friend invited", "friend invited"),
    styled("SCREAMING_SNAKE_CASE", "friend_invited", "FRIEND_INVITED"),
    styled("title", "friend invited", "Friend Invited"),
    named("event-name-action", "Friend Count", "Friend Counted"),
    named("event-name-action", "View Friend", "Friend Seen"),
    of_property("property-name-style", Property(name="orderTotal"), Property(name="order_total")),
    of_property("property-name-style", Property(name="Order Total"), Property(name="firstName")),
    of_property(
        "property-name-style", Property(name="order_total"), Property(name="orderTotal"), naming=Naming(properties="camelCase")
    ),
    twice("near-duplicate-property", "/events/1/properties/0/name", TOTAL, Property(name="Total"), TOTAL),
    Example("unknown-naming", "/naming/events", plan(naming=Naming(events="pig latin")), plan(naming=Naming(events="any"))),
    Example("unknown-naming", "/naming/properties", plan(naming=Naming(properties="?")), plan(naming=Naming())),
    Example(
        "duplicate-property", "/events/0/properties/1",
        plan(with_properties(TOTAL, TOTAL)), plan(with_properties(TOTAL, Property(name="tax"))),
    ),
    twice(
        "property-type-conflict", "/events/0/properties/0/type",
        TOTAL, Property(name="total", type="string"), Property(name="total", type="integer|string"),
    ),
    twice(
        "property-type-conflict", "/events/0/properties/0/type",
        Property(name="at", type="datetime"), Property(name="at", type="boolean"), Property(name="at"),
    ),
    of_property(
        "reserved-property-type", Property(name="revenue", type="string"), Property(name="revenue", type="number"), "/type"
    ),
    Example(
        "reserved-property-type", "/events/0/properties/0/type",
        plan(with_properties(Property(name="birthday", type="number"), call="identify")),
        plan(with_properties(Property(name="birthday", type="number"))),
    ),
    of_property("blank-name", Property(name=""), Property(name="a")),
    of_property("blank-name", Property(name=" \t"), Property(name=" a")),
    Example("blank-name", "/common/0/name", replace(plan(), common=(Property(name=""),)), plan()),
    Example(
        "duplicate-property", "/common/1",
        replace(plan(), common=(Property(name="a"), Property(name="a"))),
        replace(plan(), common=(Property(name="a"), Property(name="b"))),
    ),
    Example(
        "property-name-style", "/common/0/name",
        replace(plan(), common=(Property(name="appVersion"),)), replace(plan(), common=(Property(name="app_version"),)),
    ),
    Example(
        "property-name-refused", "/common/0/name",
        replace(plan(*names("Order Completed"), to=(GA4,)), common=(Property(name="ga_total"),)),
        replace(plan(*names("Order Completed")), common=(Property(name="ga_total"),)),
    ),
    Example(
        "property-type-conflict", "/common/0/type",
        replace(plan(with_properties(Property(name="a", type="number"))), common=(Property(name="a", type="string"),)),
        replace(plan(with_properties(Property(name="a", type="number|null"))), common=(Property(name="a", type="null"),)),
    ),
    of_property("sensitive-looking", Property(name="phone"), Property(name="phone", sensitive=True), ""),
    of_property("sensitive-looking", Property(name="email"), Property(name="email_status"), ""),
    named("name-over-limit", "Very Long Story About A Friend Was Invited", "Friend Invited", to=(GA4,)),
    named("name-over-limit", "X", "XX", to=(APP_EVENTS,)),
    named("name-refused", "Home | Profile Opened", "Home Profile Opened", to=(GA4,)),
    named("name-refused", "page_view", "Page Seen", to=("Google Analytics 4 Web",)),
    named("name-refused", "firebase_done", "fire_done", to=(FIREBASE,)),
    named("name-refused", "Ordér Sent", "Order Sent", to=(APP_EVENTS,)),
    Example(
        "too-many-properties", "/events/0/properties",
        plan(with_properties(*(Property(name=f"p{number}") for number in range(26))), to=(GA4,)),
        plan(with_properties(*(Property(name=f"p{number}") for number in range(25))), to=(GA4,)),
    ),
    of_property("property-name-refused", Property(name="ga_total"), Property(name="gas_total"), to=(GA4,)),
    of_property("property-name-refused", Property(name="x" * 256), Property(name="x" * 255), to=(MIXPANEL,)),
    of_property("property-name-refused", Property(name="time"), Property(name="times"), to=(BRAZE,)),
    Example(
        "custom-over-catalogue", "/destinations/0",
        replace(plan(*names("Order Completed")), destinations=(Destination(key=MIXPANEL, custom=FROM_THE_SERVER),)),
        replace(plan(*names("Order Completed")), destinations=(Destination(key="Ours", custom=FROM_THE_SERVER),)),
    ),
    Example(
        "idle-destination", "/destinations/0",
        plan(Event(name="Order Completed", destinations=()), to=(MIXPANEL,)), plan(*names("Order Completed"), to=(MIXPANEL,)),
    ),
)  # fmt: skip
