"""The views and view parts that the pages of an event, of the settings and of a plan share when something is changed."""
