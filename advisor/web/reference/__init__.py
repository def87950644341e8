"""The pages of the rules and of the destination catalogue."""
