"""A page's constellation as a PNG, for services that show an image where a page is shared and take no SVG."""

import logging
from io import BytesIO

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image, ImageDraw

from verkosto.core.constellation import FIELD, constellation

logger = logging.getLogger(__name__)

FOLDER = "share"
SIZE = (1200, 630)  # pixels
BACKGROUND, LINE, BRIGHT = "#fbf9f4", "#0f4a47", "#f0a430"
SCALE = 5.2  # pixels per unit of the constellation's field
OVERSAMPLING = 2  # drawn twice as large and reduced, for smooth edges
LINE_WIDTH = 3
RADIUS, BRIGHT_RADIUS = 12, 22


def stored_constellation(key: str) -> bytes:
    """Return the PNG of a key from the default storage, where the first call stores it if there is room."""
    name = f"{FOLDER}/{key}.png"
    try:
        with default_storage.open(name) as file:
            return bytes(file.read())
    except OSError:  # not stored yet
        content = constellation_png(key)
    try:
        default_storage.save(name, ContentFile(content))
    except OSError:
        logger.exception("The picture of a shared page cannot be stored")
    return content


def constellation_png(key: str) -> bytes:
    """Return a PNG of 1200 × 630 pixels with the constellation of `key`."""
    image = Image.new("RGB", (SIZE[0] * OVERSAMPLING, SIZE[1] * OVERSAMPLING), BACKGROUND)
    draw = ImageDraw.Draw(image)
    figure = constellation(key)
    scale = SCALE * OVERSAMPLING
    left, top = ((side * OVERSAMPLING - FIELD * scale) / 2 for side in SIZE)

    def position(x: float, y: float) -> tuple[float, float]:
        return left + x * scale, top + y * scale

    for line in figure.lines:
        ends = [position(line.start.x, line.start.y), position(line.end.x, line.end.y)]
        draw.line(ends, fill=LINE, width=LINE_WIDTH * OVERSAMPLING)
    for point in figure.points:
        draw.circle(
            position(point.x, point.y),
            (BRIGHT_RADIUS if point.bright else RADIUS) * OVERSAMPLING,
            fill=BRIGHT if point.bright else BACKGROUND,
            outline=None if point.bright else LINE,
            width=0 if point.bright else LINE_WIDTH * OVERSAMPLING,
        )
    file = BytesIO()
    image.resize(SIZE, Image.Resampling.LANCZOS).save(file, "PNG", optimize=True)
    return file.getvalue()
