"""What an explanation consists of: its structs, the kinds of problems, and the list of those found."""
