"""The words for where events happen, which depend on the client libraries of a plan.

An app has installation ids but no cookies; a website has pages. Every text about the events of a plan is a template that
a `Wording` fills in, so that no text mentions what the plan doesn't have.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from advisor.knowledge.libraries import LIBRARIES, ONLY_ON
from advisor.model import Event, Sources, SourceType


@dataclass(frozen=True, eq=False)
class Wording:
    """The words for one kind of plan. There are three, compared by identity, so that they can be part of cache keys.

    ``types`` are the types of its client libraries. ``place`` is where an event happens, ``carrier`` what sends it from
    there. ``visitor_id`` identifies visitors who aren't logged in, ``carried_id`` is that id in a client call.
    ``readers`` may read what is sent there, ``gestures`` are what only the place sees, ``leaving`` and ``closed`` are how
    it ends, ``tools`` run in it, ``obstacles`` stop its calls, and ``channel`` is its name in settings of advertising
    tools.
    """

    types: tuple[SourceType, ...]
    place: str
    carrier: str
    visitor_id: str
    carried_id: str
    readers: str
    gestures: str
    leaving: str
    closed: str
    tools: str
    channel: str
    obstacles: str

    def say(self, text: str, **names: str) -> str:
        """Return the text with its braces filled in by these words and by the given names."""
        return text.format_map(vars(self) | names)


_WEB_GESTURES = "scroll, mouse, a click that never reaches your server"
_WEB_READERS = "a user, a browser extension or another script"

WEB = Wording(
    types=("web",),
    place="page",
    carrier="browser",
    visitor_id="a cookie",
    carried_id="the cookie",
    readers=_WEB_READERS,
    gestures=_WEB_GESTURES,
    leaving="the page unloads or redirects",
    closed="closed tabs",
    tools="A pixel, a session recorder, a heat map.",
    channel="website, or where else it happens",
    obstacles="a blocker, an old browser or a lost connection",
)
MOBILE = Wording(
    types=("mobile",),
    place="app",
    carrier="app",
    visitor_id="the app’s installation id",
    carried_id="the installation id",
    readers="a user or another program on the device",
    gestures="scroll, swipe, a tap that never reaches your server",
    leaving="the app closes",
    closed="closed apps",
    tools="An attribution SDK, a session recorder, a crash reporter.",
    channel="app, or where else it happens",
    obstacles="a blocker, an old version of the app or a lost connection",
)
GENERAL = Wording(
    types=("web", "mobile"),
    place="page or app",
    carrier="browser or app",
    visitor_id="a cookie; in an app, its installation id",
    carried_id="the cookie or the installation id",
    readers=_WEB_READERS,
    gestures=_WEB_GESTURES,
    leaving="a page unloads or redirects, or an app closes",
    closed="closed tabs and apps",
    tools="A pixel, a session recorder, a heat map.",
    channel="website, app or where else it happens",
    obstacles="a blocker, an old browser or a lost connection",
)
"""The words for plans with both, for plans without a client library, and for texts that are not about a plan."""
WORDINGS = (GENERAL, WEB, MOBILE)


def wording_for(types: Iterable[SourceType]) -> Wording:
    """Return the words for these source types."""
    clients = {type_ for type_ in types if type_ != "server"}
    return WEB if clients == {"web"} else MOBILE if clients == {"mobile"} else GENERAL


def plan_wording(sources: Sources) -> Wording:
    """Return the words for a plan with these sources."""
    return wording_for(_client_types(sources, sources.client))


def event_wording(sources: Sources, event: Event) -> Wording:
    """Return the words for one event of a plan: those of the libraries that make its calls, or else those of the plan."""
    types = _client_types(sources, sources.client if event.sources == "all" else event.sources)
    if only := ONLY_ON.get(event.call):
        types &= {only}
    return wording_for(types) if types else plan_wording(sources)


def _client_types(sources: Sources, chosen: Iterable[str]) -> set[SourceType]:
    """Return the types of the chosen libraries that are known and in the plan."""
    return {LIBRARIES[key].type for key in chosen if key in sources.client and key in LIBRARIES}
