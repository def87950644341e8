"""Writes the calls of a plan as code for Segment's libraries, and the set-up of each library.

Pure: a plan goes in, text comes out. ``docs/snippets.md`` describes what the code does and how far it is tested.
"""

from advisor.snippets.provenance import provenance
from advisor.snippets.render import Setup, Snippet, Tag, render_call, setup, snippet

__all__ = ["Setup", "Snippet", "Tag", "provenance", "render_call", "setup", "snippet"]
