"""The scripts that build the lists of this package; run them from the root of the project."""
