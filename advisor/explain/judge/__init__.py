"""Judges who receives the event: the effective object, and a verdict on each destination."""
