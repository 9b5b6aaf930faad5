"""Limits of ZIP archives that people send us: office documents are archives."""

import zipfile

# What all parts of an archive together may unpack to, in bytes, and how many parts it may have. An office document of
# the largest size that is taken stays well below.
MAX_EXPANDED = 200 * 1024 * 1024
MAX_PARTS = 10_000


class ArchiveTooLarge(ValueError):
    """The archive unpacks to more than a document ever does (CWE-409)."""


def check_expanded_size(archive: zipfile.ZipFile) -> None:
    """Raise ArchiveTooLarge by what an archive declares, without unpacking anything.

    Who opens it reads each part up to its declared size, so the sizes cannot be too small. Parts that overlap count each.
    """
    parts = archive.infolist()
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_EXPANDED:
        raise ArchiveTooLarge(archive.filename)
