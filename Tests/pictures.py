"""Pictures and files that the tests send, made of bytes here."""

import io
import struct
import zipfile
import zlib


def png(width=64, height=48, colour=(200, 120, 40), rows=None):
    """A PNG of one colour. `rows` keeps the header's size but cuts the pixels short."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    line = b"\0" + bytes(colour) * width
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    pixels = zlib.compress(line * (height if rows is None else rows), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def bomb():
    """A PNG of a few hundred bytes that claims 60,000 × 60,000 pixels."""
    return png(60_000, 60_000, rows=1)


def zipped():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("a.txt", "a" * 1000)
    return file.getvalue()


SCRIPT = b"<script>alert(1)</script>" * 20
SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script></svg>'
