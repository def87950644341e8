"""The views of the history."""
