"""A page's constellation as a PNG, for services that show an image where a page is shared and take no SVG."""

from io import BytesIO

from PIL import Image, ImageDraw

from verkosto.core.constellation import FIELD, constellation

SIZE = (1200, 630)  # pixels
BACKGROUND, LINE, BRIGHT = "#fbf9f4", "#0f4a47", "#f0a430"
SCALE = 5.2  # pixels per unit of the constellation's field
OVERSAMPLING = 2  # drawn twice as large and reduced, for smooth edges
LINE_WIDTH = 3
RADIUS, BRIGHT_RADIUS = 12, 22


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
