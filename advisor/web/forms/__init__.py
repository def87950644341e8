"""The form fields and mappings that several pages share."""
