"""The views that start and open plans."""
