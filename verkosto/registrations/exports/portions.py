"""Text that is written row by row and sent in portions."""

import io
from collections.abc import Iterable, Iterator

PORTION = 64 * 1024  # characters sent at once


def in_portions(written: io.StringIO, steps: Iterable[object]) -> Iterator[bytes]:
    """Yield what the steps write to the buffer, in portions. What is in the buffer already is dropped."""
    written.seek(0)
    written.truncate()
    for _step in steps:
        if written.tell() > PORTION:
            yield written.getvalue().encode()
            written.seek(0)
            written.truncate()
    yield written.getvalue().encode()
