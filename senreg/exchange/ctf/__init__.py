"""Common Transfer Files: what schools' own systems hand to each other with a child."""
