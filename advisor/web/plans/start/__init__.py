"""Starting and opening plans: the list, a new plan, an import, a starter, an example, a recovery code."""
