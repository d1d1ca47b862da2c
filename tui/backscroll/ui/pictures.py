"""Pictures in half cells, where Pillow (the `images` extra) is installed: bounded, and made away from the UI loop."""

from importlib.util import find_spec
from io import BytesIO
from itertools import groupby
from typing import TYPE_CHECKING, Final

from rich.segment import Segment
from rich.style import Style as CellStyle
from textual.css.styles import RulesMap
from textual.strip import Strip
from textual.style import Style
from textual.visual import RenderOptions, Visual

from backscroll.model.message import Attachment

if TYPE_CHECKING:
    from PIL.Image import Image

HINT: Final = 'to see it here: pip install "backscroll[images]"'
BYTES_MAX: Final = 50 * 10**6
PIXELS_MAX: Final = 50 * 10**6
_FORMATS: Final = ("JPEG", "PNG", "GIF", "WEBP", "BMP")
"""What is decoded. Others are rare in chats, and some (EPS) would start programs."""


class Picture(Visual):
    """A picture of cells: each is the upper half of its cell in one colour, on another one."""

    def __init__(self, strips: list[Strip], width: int) -> None:
        self._strips = strips
        self.width = width

    @property
    def height(self) -> int:
        """Lines that it takes."""
        return len(self._strips)

    def render_strips(self, width: int, height: int | None, style: Style, options: RenderOptions) -> list[Strip]:  # noqa: ARG002  (the protocol's)
        """The cells as they were made; what has no room at the right is left out."""
        return [strip.crop(0, width) for strip in self._strips[:height]]

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:  # noqa: ARG002  (the protocol's)
        """Its own width."""
        return self.width

    def get_height(self, rules: RulesMap, width: int) -> int:  # noqa: ARG002  (the protocol's)
        """Its own height."""
        return self.height


def can_draw() -> bool:
    """Whether pictures can be drawn here."""
    return find_spec("PIL") is not None


def is_picture(attachment: Attachment) -> bool:
    """Whether the file is said to be an image."""
    return (attachment.mime_type or "").startswith("image/")


def drawn(content: bytes, width: int, height: int) -> Picture:
    """The picture (the first of an animation) in its own proportions, within so many columns and lines.

    Takes a while, so not for the UI loop. Raises ValueError, with words for a person, where it cannot be shown.
    """
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(BytesIO(content), formats=_FORMATS) as picture:
            return _cells(picture, width, height)
    except UnidentifiedImageError:
        raise ValueError("a picture of a kind that is not shown here") from None
    except Image.DecompressionBombError:
        raise ValueError("the picture is too large to be shown") from None
    except ValueError:
        raise
    except Exception as error:  # a damaged file fails in ways that nobody has listed
        raise ValueError("the picture is damaged") from error


def _cells(picture: "Image", width: int, height: int) -> Picture:
    from PIL import ImageOps

    if picture.width * picture.height > PIXELS_MAX:
        raise ValueError(f"the picture is too large to be shown: {picture.width:,} × {picture.height:,} pixels")
    room = (max(width, 2 * height),) * 2
    picture.draft("RGB", room)  # a JPEG is decoded at a fraction of its size
    picture.thumbnail(room)
    upright = ImageOps.exif_transpose(picture).convert("RGB")
    scale = min(width / upright.width, 2 * height / upright.height)
    columns, lines = max(1, round(upright.width * scale)), max(1, round(upright.height * scale / 2))
    pixels = upright.resize((columns, 2 * lines)).tobytes()
    colours = [f"#{pixels[i : i + 3].hex()}" for i in range(0, len(pixels), 3)]
    rows = [colours[start : start + columns] for start in range(0, len(colours), columns)]
    return Picture([_strip(*pair) for pair in zip(rows[::2], rows[1::2], strict=True)], columns)


def _strip(upper: list[str], lower: list[str]) -> Strip:
    runs = [(colours, len(list(run))) for colours, run in groupby(zip(upper, lower, strict=True))]
    segments = [Segment("▀" * length, CellStyle(color=above, bgcolor=below)) for (above, below), length in runs]
    return Strip(segments, len(upper))
