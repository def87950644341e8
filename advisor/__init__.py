"""Tracking Advisor: client or server, event by event, with reasons and the exact integrations objects."""
