"""The grid of a plan: events as rows, questions as columns."""
