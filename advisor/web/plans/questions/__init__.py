"""One question about many events at a time, until the plan is settled."""
