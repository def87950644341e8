"""Two versions of one thing: compared field by field, and merged."""
