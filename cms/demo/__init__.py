"""The demo: content written as data in `content`, and the loader that makes real pages of it."""
