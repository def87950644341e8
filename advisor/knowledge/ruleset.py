"""The version of the questions, rules, texts and catalogue that an advice rests on."""

RULESET = "2026-12"
"""Bumped with any change to a question, a rule, a text or the catalogue snapshot (``2026-12.1``, ...)."""
