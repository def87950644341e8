"""Reads pasted code of the libraries' languages: enough of each to find a call and its integrations object.

Nothing is ever run. Only `advisor.explain.parse.paste` calls it; ``docs/integrations-object.md`` says what is read.
"""
