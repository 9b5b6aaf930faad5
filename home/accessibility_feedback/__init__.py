"""Feedback about accessibility: the form next to the statement, and its way to an answer within 14 days."""
