"""The report of a run: what it did, in one HTML file, and what changed since another run."""
