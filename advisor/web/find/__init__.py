"""The search of the whole app: events, pages, actions, plans and destinations, as a page and as the command palette."""
