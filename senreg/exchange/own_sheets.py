"""The sheets of senreg's own workbooks that hold no records."""

HOW_TO_READ = "How to read this"
HOW_TO_FILL = "How to fill this in"
LISTS = "Lists"
