"""The facts that are no answers."""

from typing import NamedTuple


class Situation(NamedTuple):
    """What the destinations and the warehouse of a plan make of an event. Most events of a plan share one.

    ``named``: the plan names destinations; only then do the other destination facts hold. ``client_only`` and
    ``client_only_if_sensitive`` (without advertising and tag managers): a wanted destination is reached by a client
    source and not by the server. ``server_delivers`` and ``client_delivers``: that side reaches some wanted destination.
    """

    named: bool = False
    client_only: bool = False
    client_only_if_sensitive: bool = False
    server_only: bool = False
    server_delivers: bool = False
    client_delivers: bool = False
    warehouse: bool = False
