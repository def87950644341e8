"""The limits of a plan document (``docs/document.md``), lengths in characters. Forms, store, document and checker reject more."""

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
MAX_DEPTH = 64
"""The most levels of objects and lists inside each other."""
MAX_DIGITS = 309
"""The most digits of an integer: as many as the largest double has. Python refuses to print far longer integers."""
MAX_BODY = 64 * 1024 * 1024
"""The most bytes of a document, unless ``ADVISOR_MAX_BODY`` is set."""
MAX_PROBLEMS = 100
"""The most problems that are listed of one text."""
