"""Puts advice into words: placements, verdicts, matrix cells and calls, for pages and for files. All functions are pure."""
