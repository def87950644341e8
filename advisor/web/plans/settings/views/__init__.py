"""The views of a plan's settings."""
