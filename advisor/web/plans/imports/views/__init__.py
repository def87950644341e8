"""The views of an import."""
