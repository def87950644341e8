"""The settings page of a plan: its name, libraries, destinations and warehouse."""
