"""A plugin: its own event type, kind, block, question type, channel and export, with no line changed in the rooms.

What it can do, the seams hold; docs/plugins.md explains it.
"""
