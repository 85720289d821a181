"""What comes in and goes out as data: spreadsheets and, later, the files of other systems."""
