"""Finds the integrations object in what was pasted: in a call, a message, or a load call."""
