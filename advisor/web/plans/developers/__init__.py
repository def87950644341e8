"""What developers need of a plan: the events to build, one at a time, and nothing else."""
