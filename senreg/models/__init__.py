"""What a register holds: one pydantic module a subject, each field described once.

Importing this package imports no pydantic: the list of tables is plain data, and a model is
loaded when something is written or a form is shown.
"""
