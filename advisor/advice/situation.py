"""The facts that are no answers."""

from typing import NamedTuple


class Situation(NamedTuple):
    """What the destinations and the warehouse of a plan make of an event. Most events of a plan share one.

    ``named``: the plan names destinations; only then do the other destination facts hold. ``client_only`` and
    ``server_only``: a wanted destination is reached from that side only. For a sensitive event the facts that end in
    ``if_sensitive`` count in their place: they leave out what is refused. ``server_delivers`` and ``client_delivers``:
    that side reaches some wanted destination. A sensitive event asks for neither: its server evidence is a must, so
    that the server leads and has work whatever it delivers.
    """

    named: bool = False
    client_only: bool = False
    client_only_if_sensitive: bool = False
    server_only: bool = False
    server_only_if_sensitive: bool = False
    server_delivers: bool = False
    client_delivers: bool = False
    warehouse: bool = False
