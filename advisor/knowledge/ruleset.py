"""The version of the questions, rules, texts and catalogue on which the advice is based."""

RULESET = "2026-12.1"
"""The current version. Raise it with any change to a question, a rule, a text or the catalogue (``2026-12.2``, ...)."""
