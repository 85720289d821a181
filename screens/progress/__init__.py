"""Progress: the tracking grid, and entering what children were assessed at."""
