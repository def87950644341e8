"""The page of one event of a plan."""
