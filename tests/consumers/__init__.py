"""Other tools read what we export: Typewriter, Segment's SDK, check-jsonschema, Mermaid, openpyxl, YAML, HCL, pre-commit."""
