"""What carries a plan: trees of files, text, JSON, YAML, HCL and tables, each read and written in one place.

Readers take bytes or text and return values; only `advisor.formats.carriers.folders` touches the disk.
"""
