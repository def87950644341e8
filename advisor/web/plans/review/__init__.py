"""The list of a plan's events with their review: status, owner and comments."""
