"""A school's own Word document laid over a paper: what it may name, read, checked, filled in."""
