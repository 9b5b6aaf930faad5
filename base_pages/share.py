"""The picture that stands for a page where it is shared: its constellation on birch, as services take no SVG."""

from io import BytesIO

from PIL import Image, ImageDraw

from .constellation import FIELD, constellation

SIZE = (1200, 630)
BIRCH, SPRUCE, CLOUDBERRY = "#fbf9f4", "#0f4a47", "#f0a430"
SCALE = 5.2
OVERSAMPLING = 2  # drawn twice as large and reduced, for smooth edges


def share_figure(key: str) -> bytes:
    """A PNG of 1200 × 630 pixels with the constellation of `key`."""
    picture = Image.new("RGB", (SIZE[0] * OVERSAMPLING, SIZE[1] * OVERSAMPLING), BIRCH)
    draw = ImageDraw.Draw(picture)
    figure = constellation(key)
    scale = SCALE * OVERSAMPLING
    left, top = ((side * OVERSAMPLING - FIELD * scale) / 2 for side in SIZE)

    def place(x: float, y: float) -> tuple[float, float]:
        return left + x * scale, top + y * scale

    for line in figure.lines:
        ends = [place(line.start.x, line.start.y), place(line.end.x, line.end.y)]
        draw.line(ends, fill=SPRUCE, width=3 * OVERSAMPLING)
    for point in figure.points:
        radius = (22 if point.bright else 12) * OVERSAMPLING
        draw.circle(
            place(point.x, point.y),
            radius,
            fill=CLOUDBERRY if point.bright else BIRCH,
            outline=None if point.bright else SPRUCE,
            width=0 if point.bright else 3 * OVERSAMPLING,
        )
    file = BytesIO()
    picture.resize(SIZE, Image.Resampling.LANCZOS).save(file, "PNG", optimize=True)
    return file.getvalue()
