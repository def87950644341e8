"""Comments on the events of a plan."""
