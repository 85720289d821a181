"""School: leadership figures, parents, self-review and staff."""
