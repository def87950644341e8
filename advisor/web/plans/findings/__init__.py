"""The findings page of a plan."""
