"""The generated code, sent through the real libraries to a server on this machine: see ``docs/proof.md``."""
