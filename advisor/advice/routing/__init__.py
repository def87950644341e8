"""The calls of an event: who delivers what, the integrations objects, hand-off and setup (law, part 2)."""
