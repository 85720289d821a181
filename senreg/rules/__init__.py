"""What follows from a register: pure functions over its rows, without input or output.

A row is a stored record: a mapping of field names to JSON values with its id under "id".
Dates are ISO strings and are compared as such. Nothing here imports pydantic, because the
lists of the first screen are made of these functions.
"""
