"""Findings about a plan as a whole, their fixes and their dismissals."""
