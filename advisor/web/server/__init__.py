"""The embedded server that ``advisor serve`` runs."""
