"""Changes of plans and events that several pages make, and the pages that save by themselves."""
