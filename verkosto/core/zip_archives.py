"""Limits of the ZIP archives that people upload, such as office documents."""

import lzma
import zipfile
import zlib

# The size in bytes to which all parts of an archive together may unpack, and the number of parts. Office documents of
# the largest accepted size stay well below both.
MAX_EXPANDED = 200 * 1024 * 1024
MAX_PARTS = 10_000
# The errors that reading a damaged, encrypted or malicious archive raises.
ARCHIVE_ERRORS = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    OSError,
    LookupError,
    RuntimeError,
    ValueError,
)


class ArchiveTooLarge(ValueError):
    """The archive would unpack to more than the limits, which no document reaches (CWE-409)."""


def check_expanded_size(archive: zipfile.ZipFile) -> None:
    """Raise ArchiveTooLarge if the sizes that an archive declares are above the limits. Nothing is unpacked.

    The declared sizes can be trusted, because zipfile reads no part beyond its declared size. Parts that overlap are
    counted each.
    """
    parts = archive.infolist()
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_EXPANDED:
        raise ArchiveTooLarge(archive.filename)
