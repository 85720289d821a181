"""A paper as parts, written once and laid out as a page, a Word document, a PDF or plain text."""
