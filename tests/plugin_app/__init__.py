"""A plugin: its own event type, kind, block, question type, channel and export, with no line changed in the rooms.

It uses every extension point that docs/plugins.md explains.
"""
