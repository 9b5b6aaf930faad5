"""A plugin: its own event type, kind and block, with no line changed in the rooms. What it can do, the seams hold."""
