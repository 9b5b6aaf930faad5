"""Reviewing the applications to a round: scores, conflicts of interest, ranking and decisions."""
