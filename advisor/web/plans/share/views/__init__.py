"""The views of sharing: the links to a plan, opening one, and the visitor's name."""
