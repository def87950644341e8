"""Tests of the snippets: the code is compiled and run by the languages themselves."""
