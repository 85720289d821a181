"""A school's register of special educational needs."""

__version__ = "0.1.0"
