"""The command line: one module a family of verbs; `__main__` parses and defers.

A family module exposes `add_verbs(verbs)`, imports nothing heavy at its top, and gives each
parser `set_defaults(run=...)`, a function that takes the parsed words and returns the exit code:
0 done; 1 done, and there is something to look at; 2 wrong usage; 3 refused.
"""
