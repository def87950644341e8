"""The views of the grid."""
