import pytest

from verkosto.core.text_files import decode_text

TEXT = "aino@example.fi;Šárka Åkesson;€"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"])
def test_text_is_read_in_what_spreadsheet_programs_write(encoding: str) -> None:
    """“Unicode text” of Excel is UTF-16, and its CSV Windows-1252: š and € were lost."""
    text = TEXT.replace("á", "a")
    assert decode_text(text.encode(encoding)) == text


@pytest.mark.parametrize("order", ["le", "be"])
def test_the_order_of_bytes_is_that_of_the_mark(order: str) -> None:
    assert decode_text(f"\ufeff{TEXT}".encode(f"utf-16-{order}")) == TEXT


@pytest.mark.parametrize("data", [b"", b"\xff\xfea", b"\xef\xbb\xbf\xff", b"\x81\x8d", b"\xff\xfe\0\0\xff"])
def test_what_is_no_text_is_no_error(data: bytes) -> None:
    assert set(decode_text(data)) <= {"\ufffd"}
