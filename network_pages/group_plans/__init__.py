"""Forming small groups: people, plans, saving, and the screens of staff."""
