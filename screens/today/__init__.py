"""The Today mode: what is due, what is missing, and what has changed."""
