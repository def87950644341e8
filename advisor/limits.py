"""How much a plan document holds (``docs/document.md``): lengths in characters. Forms, store and document refuse what is more."""

LONGEST_NAME = 500
"""Names of plans, events, properties and destinations."""
LONGEST_TEXT = 10_000
"""Descriptions, reasons and allowed values."""
LONGEST_LABEL = 200
"""A label, its name, and the name of a person."""
MAX_LABELS = 50
"""Labels of one event."""
MAX_EVENTS = 10_000
"""Events of one plan."""
MAX_PROPERTIES = 500
"""Properties of one event, those inside objects included."""
MAX_DESTINATIONS = 200
"""Destinations of one plan."""
