"""The views of exports, reports and code."""
