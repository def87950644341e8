"""The views of an event's page."""
