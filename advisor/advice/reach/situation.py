"""The facts about an event that are not answers.

Input of the law.
"""

from typing import NamedTuple


class Situation(NamedTuple):
    """The facts that follow from the destinations and the warehouse of a plan. Most events of a plan share them.

    ``named``: the plan names destinations; the other facts about destinations are meaningful only then. ``client_only``
    and ``server_only``: a wanted destination is reached from that side only. For a sensitive event the facts that end in
    ``if_sensitive`` are used instead: they leave out refused destinations. ``server_delivers`` and ``client_delivers``:
    that side reaches a wanted destination. Neither matters for a sensitive event: its server evidence is a must, so the
    server leads and has work in any case.
    """

    named: bool = False
    client_only: bool = False
    client_only_if_sensitive: bool = False
    server_only: bool = False
    server_only_if_sensitive: bool = False
    server_delivers: bool = False
    client_delivers: bool = False
    warehouse: bool = False
