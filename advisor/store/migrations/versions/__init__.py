"""The steps of the migrations; their ``down_revision`` gives the order."""
