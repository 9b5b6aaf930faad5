"""The demo: content declared as data in `content`, and the `loader` that creates pages from it."""
