"""The Targets mode: what children are working towards, and how it goes."""
