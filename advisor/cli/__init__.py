"""The command ``advisor``: `main`, and one module per verb."""

from advisor.cli.main import main

__all__ = ["main"]
