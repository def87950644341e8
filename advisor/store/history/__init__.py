"""The history of a plan: its changes, snapshots, undo and named versions."""
