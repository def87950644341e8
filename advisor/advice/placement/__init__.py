"""The placement of an event: facts, the law that weighs them, and the reasons in words (law, part 1)."""
