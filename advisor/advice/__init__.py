"""The advice: pure functions that add recommendations and findings to a plan. No I/O, no clock, no randomness.

Used by the web app, the command line and the exports.
"""

from advisor.advice.advise import Derived, advise, advise_again, advise_event, derived

__all__ = ["Derived", "advise", "advise_again", "advise_event", "derived"]
