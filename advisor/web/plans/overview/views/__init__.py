"""The views of a plan's page."""
