"""Tiny pictures, sounds and papers, made from nothing: every file is real, small and the same on every machine."""

import struct
import zlib
from random import Random

_WIDTH, _HEIGHT = 20, 14  # in blocks of 8 by 8 pixels


def media(kind: str, seed: str) -> bytes | None:
    """A file of this kind (photo, png, voice or doc); None for a kind that is always left out of the export."""
    makers = {"photo": jpeg, "png": png, "voice": opus, "doc": pdf}
    maker = makers.get(kind)
    return maker(seed) if maker else None


def _landscape(seed: str) -> list[list[tuple[int, int, int]]]:
    """Sky, a sun, hills and water, as rows of red, green, blue."""
    random = Random(seed)
    sky, land = random.choice(
        (
            ((120, 170, 225), (70, 120, 70)),
            ((235, 165, 120), (90, 70, 90)),
            ((180, 190, 205), (60, 95, 80)),
            ((60, 70, 120), (30, 45, 50)),
        )
    )
    horizon = random.randint(6, 9)
    sun = (random.randrange(_WIDTH), random.randint(1, 4))
    heights = [horizon]
    for _ in range(_WIDTH - 1):
        heights.append(min(11, max(4, heights[-1] + random.choice((-1, 0, 0, 1)))))
    rows = []
    for y in range(_HEIGHT):
        row = []
        for x in range(_WIDTH):
            tone = land if y >= heights[x] else sky
            if abs(x - sun[0]) + abs(y - sun[1]) <= 1 and y < heights[x]:
                tone = (250, 235, 170)
            shade = 1 + (y - 7) * 0.02
            row.append((min(255, int(tone[0] * shade)), min(255, int(tone[1] * shade)), min(255, int(tone[2] * shade))))
        rows.append(row)
    return rows


def png(seed: str) -> bytes:
    """A landscape as a PNG; its stream is stored, not packed, so that it does not depend on a version of zlib."""
    raw = b"".join(b"\0" + bytes(value for pixel in row for value in pixel) for row in _landscape(seed))
    lengths = struct.pack("<HH", len(raw), len(raw) ^ 0xFFFF)
    stream = b"\x78\x01\x01" + lengths + raw + struct.pack(">I", zlib.adler32(raw))

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", _WIDTH, _HEIGHT, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", stream) + chunk(b"IEND", b"")


def jpeg(seed: str) -> bytes:
    """The landscape as a baseline JPEG of flat blocks: only the mean of every block is coded."""
    bits = _Bits()
    last = [0, 0, 0]
    for row in _landscape(seed):
        for red, green, blue in row:
            luma = 0.299 * red + 0.587 * green + 0.114 * blue
            planes = (luma - 128, (blue - luma) * 0.564, (red - luma) * 0.713)
            for plane, value in enumerate(planes):
                mean = round(value)  # 8 * value is the coefficient, 8 the quantiser
                bits.put_difference(mean - last[plane])
                last[plane] = mean
    size = struct.pack(">BHHB", 8, _HEIGHT * 8, _WIDTH * 8, 3)
    frame = size + bytes((1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0))
    dc_codes = bytes((0, 0, 0, 0, 9)) + bytes(11) + bytes(range(9))  # nine codes of five bits
    ac_codes = bytes((1,)) + bytes(15) + b"\0"  # one code: the block ends
    scan = bytes((3, 1, 0, 2, 0, 3, 0, 0, 63, 0))

    def segment(marker: int, data: bytes) -> bytes:
        return bytes((0xFF, marker)) + struct.pack(">H", len(data) + 2) + data

    head = segment(0xE0, b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0") + segment(0xDB, b"\0" + b"\x08" * 64)
    tables = segment(0xC4, b"\0" + dc_codes) + segment(0xC4, b"\x10" + ac_codes)
    return b"\xff\xd8" + head + segment(0xC0, frame) + tables + segment(0xDA, scan) + bits.bytes() + b"\xff\xd9"


class _Bits:
    """The entropy-coded part of a JPEG, bit by bit."""

    def __init__(self) -> None:
        self._bits: list[str] = []

    def put_difference(self, value: int) -> None:
        """One block: the difference of its mean from the block before, and the end of the block."""
        length = abs(value).bit_length()
        self._bits.append(f"{length:05b}")
        if length:
            self._bits.append(f"{value if value > 0 else value + (1 << length) - 1:0{length}b}")
        self._bits.append("0")

    def bytes(self) -> bytes:
        """The bits, filled up with ones; a zero follows every 0xFF, as the format wants."""
        text = "".join(self._bits)
        text += "1" * (-len(text) % 8)
        return bytes(int(text[i : i + 8], 2) for i in range(0, len(text), 8)).replace(b"\xff", b"\xff\0")


def opus(seed: str) -> bytes:
    """A second or two of silence in an Ogg Opus file."""
    random = Random(seed)
    frames = random.randint(20, 60)
    serial = random.getrandbits(32)
    head = b"OpusHead" + struct.pack("<BBHIhB", 1, 1, 0, 48000, 0, 0)
    tags = b"OpusTags" + struct.pack("<I", 6) + b"sample" + struct.pack("<I", 0)
    return (
        _page(serial, 0, 2, 0, [head])
        + _page(serial, 1, 0, 0, [tags])
        + _page(serial, 2, 4, frames * 960, [b"\xf8\xff\xfe"] * frames)
    )


def _page(serial: int, number: int, flags: int, position: int, packets: list[bytes]) -> bytes:
    lacing = bytes(len(packet) for packet in packets)
    head = struct.pack("<BBqIIIB", 0, flags, position, serial, number, 0, len(lacing))
    page = b"OggS" + head + lacing + b"".join(packets)
    checksum = 0
    for byte in page:
        checksum ^= byte << 24
        for _ in range(8):
            checksum = (checksum << 1) ^ (0x104C11DB7 if checksum & 0x80000000 else 0)
    return page[:22] + struct.pack("<I", checksum) + page[26:]


def pdf(seed: str) -> bytes:
    """One page with one line of text."""
    stream = f"BT /F1 18 Tf 72 720 Td (Sample document {zlib.crc32(seed.encode()):08x}) Tj ET".encode()
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    body, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj%s endobj\n" % (number, content)
    table = b"xref\n0 6\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places)
    return body + table + b"trailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % len(body)
