"""What the sources of an event reach: the network of a plan, and the properties that a call may carry."""
