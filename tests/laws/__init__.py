"""The laws of the advice, each stated as a test, and models of our own to check the engine against."""
