"""The Register mode: the list of every pupil."""
