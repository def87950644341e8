"""The picture of an event: everything is inside, nothing overlaps, no name is too long."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from advisor.advice import advise_event
from advisor.knowledge.catalogue import CATALOGUE
from advisor.model import Destination, Event, Plan, Recommendation, Sources
from advisor.presentation import diagram as picture
from advisor.presentation.diagram import Circle, Label, Picture, Rect
from advisor.presentation.lanes import MOST_BOXES, Box, Lane, lanes
from advisor.presentation.wrapping import wrap

texts = st.text(max_size=80)
boxes = st.builds(Box, text=texts.filter(str.strip), mode=st.sampled_from(["", "device", "cloud"]), faint=st.booleans())
some_lanes = st.lists(
    st.builds(
        Lane,
        kind=st.sampled_from(["client", "server", "relay", "refused"]),
        title=st.sampled_from(["Client", "Server", "Not reached"]),
        note=st.sampled_from(["analytics.js", "analytics-clojure", "for the reasons below"]),
        boxes=st.lists(boxes, max_size=MOST_BOXES).map(tuple),
    ),
    min_size=1,
    max_size=6,
).map(tuple)


def edges(shape: Rect) -> tuple[float, float, float, float]:
    """Left, top, right and bottom."""
    return shape.x, shape.y, shape.x + shape.width, shape.y + shape.height


def overlap(one: Rect, other: Rect) -> bool:
    """Whether two boxes overlap."""
    left, top, right, bottom = edges(one)
    other_left, other_top, other_right, other_bottom = edges(other)
    return left < other_right and other_left < right and top < other_bottom and other_top < bottom


def check(drawn: Picture) -> None:
    """Check that every box is inside the picture, and that boxes of one size (lanes, or destinations) don't overlap."""
    for shape in drawn.shapes:
        if isinstance(shape, Rect):
            left, top, right, bottom = edges(shape)
            assert 0 <= left < right <= drawn.width
            assert 0 <= top < bottom <= drawn.height
        elif isinstance(shape, Circle | Label):
            assert 0 <= shape.x <= drawn.width
            assert 0 <= shape.y <= drawn.height
    solid = [shape for shape in drawn.shapes if isinstance(shape, Rect)]
    for radius in (6, 10):
        for one, other in combinations([shape for shape in solid if shape.radius == radius], 2):
            assert not overlap(one, other)


@given(texts, some_lanes)
def test_the_picture_has_no_overlaps_or_overflow(name: str, shown: tuple[Lane, ...]) -> None:
    """For any number of lanes and destinations, and any name."""
    check(picture.wide(name, "track", shown))
    check(picture.narrow(name, "track", shown))


@given(texts, st.integers(4, 40), st.integers(1, 3))
def test_names_are_wrapped_or_cut_with_an_ellipsis(text: str, width: int, most: int) -> None:
    """At most so many lines, each of at most this width; what is missing is announced by an ellipsis."""
    lines = wrap(text, width, most)
    assert 1 <= len(lines) <= most
    assert all(len(line) <= width for line in lines)
    kept = "".join("".join(lines).split())
    whole = "".join("".join(wrap(text, 10_000, 1)).split())
    assert kept == whole or kept.endswith("…")


def test_every_destination_fits_its_box() -> None:
    """No name of the catalogue is cut."""
    for row in CATALOGUE.values():
        lane = Lane("server", "Server", "http-api", (Box(row.name, "device"),))
        for drawn in (picture.wide("X", "track", (lane,)), picture.narrow("X", "track", (lane,))):
            assert not any(shape.text.endswith("…") for shape in drawn.shapes if isinstance(shape, Label)), row.name


def test_a_lane_shows_five_destinations_and_how_many_more() -> None:
    """Past six."""
    keys = ("Mixpanel", "Actions Amplitude", "Actions Slack", "Intercom", "Zendesk", "Actions Customerio", "Kustomer")
    for count in (6, 7):
        plan = Plan(
            sources=Sources(client=("analytics.js",), server="analytics-node"),
            destinations=tuple(Destination(key=key) for key in keys[:count]),
            events=(Event(name="X", answers={"payment": "yes"}),),
        )
        event = advise_event(plan, 0)
        assert isinstance(event.recommendation, Recommendation)
        (lane,) = lanes(plan, event, event.recommendation)
        assert len(lane.boxes) == 6
        assert (lane.boxes[-1].text == "+ 2 more") is (count == 7)
