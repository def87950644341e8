"""The knowledge behind the advice: questions, rules, libraries, destinations and findings, as data with sources."""
