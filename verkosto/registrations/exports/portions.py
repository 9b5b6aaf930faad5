"""Text that is written row by row and sent in portions."""

import io
from collections.abc import Iterable, Iterator

PORTION = 64 * 1024  # characters sent at once


def in_portions(buffer: io.StringIO, writes: Iterable[object]) -> Iterator[bytes]:
    """Yield in portions what is written to a buffer while ``writes`` is iterated: each step writes one row.

    The buffer is emptied first.
    """
    _clear(buffer)
    for _row in writes:
        if buffer.tell() > PORTION:
            yield buffer.getvalue().encode()
            _clear(buffer)
    yield buffer.getvalue().encode()


def _clear(buffer: io.StringIO) -> None:
    buffer.seek(0)
    buffer.truncate()
