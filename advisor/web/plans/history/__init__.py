"""The history of a plan and of its events, and named versions."""
