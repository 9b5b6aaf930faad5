from collections.abc import Iterator

from verkosto.registrations.exports import Export, ExportFormat


def stream_addresses(export: Export) -> Iterator[bytes]:
    """The addresses alone, one a line. The heading goes out before any row is read."""
    yield f"{export.header[2]}\n".encode()
    for _reference, _name, email, *_rest in export.rows():
        if email:
            yield f"{email}\n".encode()


ADDRESSES = ExportFormat(name="txt", label="Addresses (TXT)", content_type="text/plain", stream=stream_addresses)
