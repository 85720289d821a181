"""The guided import: a file, its columns, a preview that can be changed, and one commit."""
