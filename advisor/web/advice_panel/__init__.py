"""The advice panel: the verdict of one event, with its reasons, objects, hand-off and code."""
