"""Forming small groups whose members differ as widely as possible. Plain values in and out; no model, no request."""
