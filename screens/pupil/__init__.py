"""The page of one pupil."""
