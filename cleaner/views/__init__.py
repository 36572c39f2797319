"""What was removed and why, for people: in the terminal, in the browser, as a report."""
