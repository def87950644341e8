"""The views of the HTTP API."""
