"""The privacy page of a plan: what leaves the device, and to whom."""
