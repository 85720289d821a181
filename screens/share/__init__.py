"""Share: bundles out and in, conflicts, spreadsheets and papers."""
