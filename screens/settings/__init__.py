"""Settings: the school, its terms and staff, who sits here, and what this machine remembers."""
