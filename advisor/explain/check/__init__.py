"""Checks the object itself: its keys, its values, and what the library demands of the call."""
