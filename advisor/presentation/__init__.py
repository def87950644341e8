"""How an advice reads: places, verdicts, cells and calls in words, for pages and for files alike. Pure, and without markup."""
