"""What we know: questions, rules, libraries, destinations and findings, as data with sources."""
