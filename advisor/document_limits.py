"""The limits of a plan document (``docs/document.md``), lengths in characters. Forms, store and document reject more."""

LONGEST_NAME = 500
"""The longest name of a plan, event, property or destination."""
LONGEST_TEXT = 10_000
"""The longest description, reason or allowed value."""
LONGEST_LABEL = 200
"""The longest label, name of a label, or name of a person."""
MAX_LABELS = 50
"""The most labels of one event."""
MAX_EVENTS = 10_000
"""The most events of one plan."""
MAX_PROPERTIES = 500
"""The most properties of one event, including those inside objects."""
MAX_DESTINATIONS = 200
"""The most destinations of one plan."""
