"""Proposing learning pairs for a round: organisations, plans, saving, and the screens of staff."""
