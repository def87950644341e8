"""``/integrations``: who receives an event with a pasted integrations object."""
