"""Plans whose calls are made by one library, and texts that try to break out of code."""

from __future__ import annotations

from collections.abc import Iterator

from hypothesis import strategies as st

from advisor.advice import advise
from advisor.knowledge.libraries import LIBRARIES
from advisor.model import (
    CALL_TYPES,
    Call,
    CallType,
    CustomReach,
    Decision,
    Destination,
    Event,
    Plan,
    Property,
    Recommendation,
    Sources,
)

HOSTILE: tuple[str, ...] = (
    'double " single \' back ` slash \\ both \\" end \\',
    "${name} $name {$name} $(touch x) `touch x` \\$ \\${name}",
    '#{name} #@name #$name %s %d %{name} \\#{name}" + name + "',
    "\\(name) \\u0022 \\u{22} \\x22 \\042 \\n \\N{DASH} \\U0001F600",
    "</script><script>alert(1)</script><!-- --> --!> ]]> <![CDATA[ <?php ?> <% %>",
    "*/ /* // # ;; -- ?> %> ??/ ??= ??' ??( trigraphs ??>",
    "line\nfeed\r\ncarriage\rreturn\ttab\x0bvertical\x0cform\x08back\x07bell",
    "nul \x00 after \x007 escape \x1b delete \x7f next \x85 break \xa0 soft \xad",
    "separators \u2028 and \u2029, marks \u200e\u200f\u202e\u2066, bom \ufeff, joiner \u200d",
    "emoji 😀 👩‍👩‍👧 flag 🇫🇷 astral 𝒳 tag \U000e0001 private \U000f0000 noncharacter \ufffe",
    "accents é e\u0301 ß 日本語 עברית العربية हिन्दी",
    "coding: latin-1",
    "-*- coding: utf-7 -*-",
    "@file 'quoted' 'it''s' $'x' \"\"\" ''' r\"x\" q(x) <<EOF",
    "'; import os; os.abort() #",
    '"); System.exit(1); //',
    "__proto__",
    "0",
    " leading and trailing ",
)
"""Each would end a string, a comment or a script in some language, or be turned into something else."""

texts = st.one_of(
    st.sampled_from(HOSTILE),
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30).filter(lambda text: text.strip()),
    st.text("\"'\\$`{}()#%<>/*?!-\n\r\0ux2@&;", min_size=1, max_size=12).filter(lambda text: text.strip()),
)
scalars = st.one_of(
    st.none(), st.booleans(), st.integers(-(2**80), 2**80), st.floats(allow_nan=False, allow_infinity=False), texts
)
TYPES = ("any", "string", "integer", "number", "boolean", "datetime", "object", "array", "integer|string", "any|number")


def properties(depth: int = 2) -> st.SearchStrategy[tuple[Property, ...]]:
    """Properties with any names, a few levels deep, none sensitive."""
    children = properties(depth - 1) if depth else st.just(())
    one = st.builds(
        Property,
        name=texts,
        type=st.sampled_from(TYPES),
        values=st.lists(scalars, max_size=2).map(tuple),
        properties=children,
    )
    return st.lists(one, max_size=3, unique_by=lambda item: item.name).map(tuple)


def calls_of(library: str) -> tuple[CallType, ...]:
    """The call types that a plan may give to the library: pages are for the web and servers, screens not for the web."""
    left_out = {"web": {"screen"}, "mobile": {"page"}, "server": set()}[LIBRARIES[library].type]
    return tuple(call for call in CALL_TYPES if call not in left_out)


def advised(library: str, *events: Event, warehouse: bool = True) -> Plan:
    """An advised plan in which every event is one call of this library."""
    side = LIBRARIES[library].side
    sources = Sources(client=(library,)) if side == "client" else Sources(server=library)
    everywhere = CustomReach(web="cloud", mobile="cloud", server="cloud")
    plan = Plan(
        sources=sources,
        destinations=(
            Destination(key="Mixpanel", custom=everywhere),
            Destination(key="Tool “of” \"ours\" ${x} #{y} 'z' \\", custom=everywhere),
        ),
        warehouse=warehouse,
        events=tuple(_placed(event, side) for event in events),
    )
    return advise(plan)


def _placed(event: Event, side: str) -> Event:
    changes = {name: getattr(event, name) for name in event.__struct_fields__}
    return Event(**(changes | {"decision": Decision(placement=side)}))


def single_call(event: Event) -> Call:
    """The one call of an advised event."""
    assert isinstance(event.recommendation, Recommendation)
    (call,) = event.recommendation.calls
    return call


def events_with_all_objects(library: str, name: str, items: tuple[Property, ...] = ()) -> Iterator[Event]:
    """Each call type, with an open object, an exception, and a closed object that names the warehouse."""
    for call in calls_of(library):
        yield Event(name=name, call=call, properties=items)
        yield Event(name=name, call=call, properties=items, destinations=("Mixpanel",))
        yield Event(name=name, call=call, properties=items, answers={"sensitive": "yes"}, destinations=("Mixpanel",))


def hostile_plan(library: str) -> Plan:
    """All hostile texts as names of events, properties and values, in all call types and objects."""
    items = tuple(Property(name=text, values=(text,)) for text in HOSTILE)
    deep = Property(name="deep", type="object", properties=(Property(name="list", type="array", properties=items),))
    plain = tuple(Property(name=kind, type=kind) for kind in TYPES)
    first = calls_of(library)[0]
    everything = Event(name=HOSTILE[0], call=first, properties=(*items, deep, *plain))
    named = (Event(name=text, call=first, destinations=("Mixpanel",)) for text in HOSTILE)
    return advised(library, everything, *named, *events_with_all_objects(library, HOSTILE[1], plain[-2:]))


def handed_plan(server: str) -> Plan:
    """Every call type with a hand-off: ids of vendors and what only the client knows, also inside objects, lists and settings."""
    inner = Property(name="inner", known_by="client")
    items = (
        Property(name="seen", type="boolean", known_by="client"),
        Property(name="whole", type="object", known_by="client"),
        Property(name="deep", type="object", properties=(inner, Property(name="n", type="integer"))),
        Property(name="list", type="array", properties=(inner,)),
        Property(name="empty", values=(None,)),
    )
    answers = {"payment": "yes", "needs_cookies": "yes", "needs_client_context": "yes"}
    destinations = ("Facebook Conversions API (Actions)", "Actions Amplitude", "Actions Google Analytic 4")
    return advise(
        Plan(
            sources=Sources(client=("analytics.js",), server=server),
            destinations=tuple(Destination(key=key) for key in destinations),
            warehouse=True,
            events=tuple(
                Event(name="Handed", call=call, properties=items, answers=answers) for call in calls_of(server)
            ),
        )
    )


def shop(server: str, client: tuple[str, ...] = ("analytics.js",)) -> Plan:
    """A plan as teams have them: both halves, shared ids, a hand-off, withheld properties."""
    return advise(
        Plan(
            name="Shop",
            sources=Sources(client=client, server=server),
            destinations=(
                Destination(key="Facebook Pixel"),
                Destination(key="Facebook Conversions API (Actions)"),
                Destination(key="Mixpanel"),
                Destination(key="Actions Amplitude"),
            ),
            warehouse=True,
            events=(
                Event(
                    name="Order Completed",
                    answers={"payment": "yes", "needs_cookies": "yes", "needs_client_context": "yes"},
                    properties=(
                        Property(name="total", type="number", required=True, known_by="server"),
                        Property(name="currency", type="string", values=("EUR", "USD")),
                        Property(name="coupon seen", type="boolean", known_by="client"),
                        Property(name="products", type="array", properties=(Property(name="sku", type="string"),)),
                        Property(name="email", type="string", sensitive=True),
                    ),
                ),
                Event(name="Page Viewed", call="page", answers={"needs_client_context": "yes"}),
                Event(name="Shelf Scrolled", answers={"browser_only": "yes", "payment": "yes"}),
                Event(name="Subscription Renewed", answers={"user_absent": "yes", "needs_cookies": "yes"}),
                Event(name="user", call="identify", properties=(Property(name="plan", type="string"),)),
                Event(name="team", call="group", properties=(Property(name="size", type="integer"),)),
                Event(name="merge", call="alias"),
            ),
        )
    )
