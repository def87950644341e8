"""The code of the snippets, read and run by the languages themselves."""
