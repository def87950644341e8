"""The limits of a plan document (``docs/document.md``), lengths in characters. Forms, store, document and checker reject more."""

LONGEST_NAME = 500
"""The longest name of a plan, event, property or destination."""
LONGEST_TEXT = 10_000
"""The longest description, reason or allowed value."""
LONGEST_LABEL = 200
"""The longest label, name of a label, name of a person, version of an event, or consent category."""
MAX_LABELS = 50
"""The most labels of one event."""
MAX_LABEL_TEXTS = 200
"""The most texts of one label that holds a list."""
LONGEST_COMMENT = 5_000
"""The longest comment on an event. Comments are no part of the document; the store keeps them."""
MAX_COMMENTS = 500
"""The most comments on one event."""
MAX_EVENTS = 10_000
"""The most events of one plan."""
MAX_PROPERTIES = 500
"""The most properties of one event, and the most common properties of a plan, including those inside objects."""
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
