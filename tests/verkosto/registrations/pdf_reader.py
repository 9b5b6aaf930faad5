"""Read back what a PDF says: its metadata, and its text by the fonts' own tables of characters (ISO 32000-1 §9.10)."""

import re
import zlib

OBJECT = re.compile(rb"(\d+) 0 obj\n(.*?)\nendobj", re.DOTALL)
STREAM = re.compile(rb"stream\r?\n(.*)\r?\nendstream", re.DOTALL)
OPERATION = re.compile(rb"/(F\d+) [\d.]+ Tf|\(((?:\\.|[^\\)])*)\) Tj", re.DOTALL)
ESCAPES = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


class Pdf:
    """A PDF as fpdf2 writes it."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        self.objects = {int(number): body for number, body in OBJECT.findall(content)}

    @property
    def language(self) -> str:
        """The language of the document; "" for none."""
        found = re.search(rb"/Lang \((.*?)\)", self.content)
        return found[1].decode() if found else ""

    @property
    def title(self) -> str:
        found = re.search(rb"/Title (?:<feff([0-9a-fA-F]*)>|\((.*?)\))", self.content)
        assert found, "no title"
        return bytes.fromhex(found[1].decode()).decode("utf-16-be") if found[1] else found[2].decode("latin-1")

    @property
    def embedded_fonts(self) -> int:
        """The number of fonts whose outlines are in the file."""
        return self.content.count(b"/FontFile2 ")

    @property
    def pages(self) -> list[list[str]]:
        """The lines of each page, in their order."""
        fonts = self._fonts()
        bodies = [body for body in self.objects.values() if re.search(rb"/Type /Page\b", body)]
        return [_lines(self._stream(int(re.search(rb"/Contents (\d+) ", body)[1])), fonts) for body in bodies]

    def _stream(self, number: int) -> bytes:
        found = STREAM.search(self.objects[number])
        assert found, number
        return zlib.decompress(found[1]) if b"FlateDecode" in self.objects[number] else found[1]

    def _fonts(self) -> dict[bytes, dict[int, str]]:
        """Return the character of each code by the name of the font."""
        names = re.findall(rb"/(F\d+) (\d+) 0 R", self.content)
        tables = {name: re.search(rb"/ToUnicode (\d+) ", self.objects[int(number)])[1] for name, number in names}
        return {
            name: {
                int(code, 16): bytes.fromhex(text.decode()).decode("utf-16-be")
                for code, text in re.findall(rb"<(\w{4})> <(\w+)>\n", self._stream(int(number)))
            }
            for name, number in tables.items()
        }


def _lines(stream: bytes, fonts: dict[bytes, dict[int, str]]) -> list[str]:
    lines, letters = [], {}
    for font, text in OPERATION.findall(stream):
        if font:
            letters = fonts[font]
            continue
        plain = re.sub(rb"\\(.)", lambda found: ESCAPES.get(found[1], found[1]), text, flags=re.DOTALL)
        codes = [int.from_bytes(plain[at : at + 2]) for at in range(0, len(plain), 2)]
        lines.append("".join(letters[code] for code in codes))
    return lines
