"""Exports, reports and code of a plan."""
