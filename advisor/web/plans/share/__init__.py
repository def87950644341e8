"""Sharing a plan by secret links."""
