"""Reads any table as a plan: guesses what its columns mean, takes a mapping from a person, and writes the table again."""
