"""Structured conversations: who is seen when, and the record made during a visit."""
