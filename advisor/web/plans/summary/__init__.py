"""A plan at a glance, as pure values: counts, matrix, filters, open questions, findings."""
