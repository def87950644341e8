"""Determines which browser code Analytics.js loads, and which of it writes keys into the object by itself.

Used by `correct`, `destination` and `receivers`.
"""

from __future__ import annotations

from advisor.advice.reach.network import Tool
from advisor.advice.reach.network import tool as known_tool
from advisor.explain.judge.situation import Situation
from advisor.explain.judge.truthiness import is_truthy
from advisor.explain.locate.load_call import LoadTimeObject
from advisor.explain.parse.values import Undefined, Variable
from advisor.knowledge.catalogue import FAMILIES
from advisor.knowledge.vendors import BRAZE_FAMILY, HYBRID
from advisor.model import Destination

_REMOTE_PLUGINS = ("actions-web", HYBRID)
"""Kinds whose browser code Analytics.js loads as an Action."""


def is_loaded(tool: Tool, at: Situation) -> bool | None:
    """Return whether the browser code of a destination is on the page; None if the text doesn't say."""
    loaded = at.effective.loaded
    if loaded is None:
        return True
    is_action = tool.kind in _REMOTE_PLUGINS
    # At load time, and only then, an Action is also known by its display name.
    return _keeps(loaded, (tool.key, tool.name) if is_action else (tool.key,), is_action=is_action)


def _keeps(loaded: LoadTimeObject, names: tuple[str, ...], *, is_action: bool) -> bool | None:
    """Return whether Analytics.js loads the code of a destination with these names; None if the text doesn't say.

    A classic destination isn't loaded for false, or for no entry under ``All: false``. An Action isn't loaded for false,
    or under ``All: false`` for any value that is false in JavaScript.
    """
    given = [loaded.entries[name] for name in names if name in loaded.entries]
    given = [value for value in given if value is not Undefined.UNDEFINED]
    if any(value is False for value in given):
        return False
    everything = loaded.entries.get("All")
    if any(is_truthy(value) for value in given) or (given and not is_action):
        return None if any(isinstance(value, Variable) for value in given) else True
    if loaded.unknown or isinstance(everything, Variable):
        return None
    return everything is not False


def slips_through(tool: Tool, at: Situation) -> bool:
    """Return whether a browser plugin may write the key of this destination although All is false."""
    if at.library.type != "web":
        return False
    if tool.kind == HYBRID:
        return is_loaded(tool, at) is not False
    return tool.family == BRAZE_FAMILY and at.call in (None, "identify", "group") and _is_brazes_plugin_loaded(at)


def _is_brazes_plugin_loaded(at: Situation) -> bool:
    """Return whether the plugin that writes Braze's keys is on the page: each of Braze's Actions includes it."""
    tools = (known_tool(Destination(key=row.key)) for row in FAMILIES[BRAZE_FAMILY])
    return any(is_loaded(each, at) is not False for each in tools if each.kind in _REMOTE_PLUGINS)
