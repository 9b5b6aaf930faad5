"""Images of the demo: abstract drawings in the site's colours, generated from a seed."""

import math
import random
from collections.abc import Callable
from io import BytesIO

from django.core.files.images import ImageFile
from PIL import Image as Canvas
from PIL import ImageDraw
from wagtail.images import get_image_model
from wagtail.images.models import AbstractImage
from wagtail.models import Collection

SPRUCE = (22, 66, 64)
SPRUCE_LIGHT = (84, 128, 120)
INK = (24, 33, 41)
BIRCH = (247, 243, 234)
MIST = (214, 222, 216)
CLOUDBERRY = (224, 150, 42)

Colour = tuple[int, int, int]
Drawing = ImageDraw.ImageDraw
#: Drawn larger and reduced, so that edges are smooth.
SCALE = 2

#: Key of an image: its theme, its size and its title.
IMAGES: dict[str, tuple[str, tuple[int, int], str]] = {
    "home": ("horizon", (1920, 1080), "Home"),
    "networks": ("web", (1600, 1000), "Networks"),
    "forum": ("arch", (1600, 900), "Management forum"),
    "hr": ("rows", (1600, 1000), "HR management forum"),
    "path": ("steps", (1600, 1000), "Leadership Path"),
    "programme": ("pairs", (1600, 900), "Strategic Development"),
    "story": ("horizon", (1600, 1067), "Story of round 3"),
    "tour": ("journey", (1920, 1080), "Dialogue Tour"),
    "webinar": ("bubbles", (1600, 900), "Webinar"),
    "decisions": ("forest", (1600, 1000), "Difficult Decisions"),
    "portrait": ("portrait", (900, 900), "Facilitator"),
    "autumn": ("horizon", (1600, 900), "Autumn"),
    "workshop": ("web", (1600, 900), "Workshop"),
    "lake": ("journey", (1200, 800), "Lake"),
    "grove": ("forest", (1200, 800), "Grove"),
}


def image_of(key: str) -> AbstractImage:
    """Return the image, created at first use."""
    model = get_image_model()
    title = f"Verkosto: {IMAGES[key][2]}"
    found = model.objects.filter(title=title).first()
    if found:
        return found
    theme, size, _title = IMAGES[key]
    file = ImageFile(BytesIO(draw(key, theme, size)), name=f"verkosto-{key}.jpg")
    return model.objects.create(
        title=title, file=file, width=size[0], height=size[1], collection=Collection.get_first_root_node()
    )


def draw(seed: str, theme: str, size: tuple[int, int]) -> bytes:
    """Return a JPEG. The same seed, theme and size give the same image."""
    generator = random.Random(f"verkosto/{seed}")  # noqa: S311 - art, not a secret
    width, height = size
    canvas = _ground(width * SCALE, height * SCALE, generator)
    THEMES[theme](ImageDraw.Draw(canvas), canvas.width, canvas.height, generator)
    stream = BytesIO()
    canvas.reduce(SCALE).save(stream, "JPEG", quality=90, optimize=True)
    return stream.getvalue()


def _ground(width: int, height: int, generator: random.Random) -> Canvas.Image:
    """Return the background: a vertical gradient."""
    low = _mix(MIST, BIRCH, generator.random() * 0.5)
    column = Canvas.new("RGB", (1, height))
    for y in range(height):
        column.putpixel((0, y), _mix(BIRCH, low, y / height))
    return column.resize((width, height))


def _mix(one: Colour, other: Colour, share: float) -> Colour:
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return red, green, blue


def _dot(pen: Drawing, x: float, y: float, radius: float, colour: Colour) -> None:
    pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=colour)


def _ring(pen: Drawing, x: float, y: float, radius: float, colour: Colour, width: int = 5) -> None:
    pen.ellipse((x - radius, y - radius, x + radius, y + radius), outline=colour, width=width)


def _web(pen: Drawing, w: int, h: int, generator: random.Random) -> None:
    points = [(w * generator.uniform(0.1, 0.9), h * generator.uniform(0.15, 0.85)) for _ in range(14)]
    for index, (x, y) in enumerate(points):
        near = sorted(points, key=lambda other: math.dist(other, (x, y)))[1:4]
        for other in near:
            pen.line((x, y, *other), fill=SPRUCE_LIGHT, width=5)
        _dot(pen, x, y, h * 0.012, SPRUCE)
        if index % 5 == 0:
            _ring(pen, x, y, h * 0.035, SPRUCE)
    _dot(pen, *points[0], h * 0.04, CLOUDBERRY)


def _arch(pen: Drawing, w: int, h: int, generator: random.Random) -> None:
    for step in range(7):
        radius = h * (0.95 - step * 0.1)
        colour = _mix(SPRUCE, MIST, step / 7)
        box = (w / 2 - radius, h * 1.02 - radius, w / 2 + radius, h * 1.02 + radius)
        pen.pieslice(box, 180, 360, fill=colour)
    marked = generator.randrange(9)
    for step in range(9):
        _dot(pen, w * (0.32 + step * 0.045), h * 0.9, h * 0.014, CLOUDBERRY if step == marked else BIRCH)


def _rows(pen: Drawing, w: int, h: int, generator: random.Random) -> None:
    marked = generator.randrange(10)
    for step in range(10):
        x = w * (0.14 + step * 0.08)
        pen.line((x, h * 0.4, x, h * 0.6), fill=MIST, width=5)
        for row, y in enumerate((0.4, 0.6)):
            _dot(pen, x, h * y, h * 0.024, CLOUDBERRY if (row, step) == (0, marked) else SPRUCE)


def _steps(pen: Drawing, w: int, h: int, generator: random.Random) -> None:
    x, y = w * 0.08, h * 0.85
    for step in range(10):
        wide, high = w * 0.085, h * generator.uniform(0.05, 0.085)
        pen.rectangle((x, y, x + wide, h), fill=_mix(SPRUCE_LIGHT, SPRUCE, step / 9))
        x, y = x + wide, y - high
    _dot(pen, x - w * 0.04, y - h * 0.02, h * 0.035, CLOUDBERRY)


def _pairs(pen: Drawing, w: int, h: int, generator: random.Random) -> None:
    for row, y in enumerate((0.28, 0.5, 0.72)):
        left, right = w * generator.uniform(0.18, 0.35), w * generator.uniform(0.62, 0.84)
        pen.line((left, h * y, right, h * y), fill=SPRUCE_LIGHT, width=8)
        _dot(pen, left, h * y, h * 0.06, SPRUCE)
        _dot(pen, right, h * y, h * 0.06, (INK, CLOUDBERRY, SPRUCE_LIGHT)[row])


def _journey(pen: Drawing, w: int, h: int, generator: random.Random) -> None:
    lean = generator.uniform(0.8, 1.2)
    curve = [
        (w * (0.06 + 0.88 * step / 140), h * (0.5 + 0.22 * math.sin(step / 140 * math.tau * lean)))
        for step in range(141)
    ]
    pen.line(curve, fill=SPRUCE, width=12, joint="curve")
    for stop in range(8):
        x, y = curve[round(10 + stop * 17)]
        _dot(pen, x, y, h * 0.032, BIRCH)
        _ring(pen, x, y, h * 0.032, SPRUCE, 12)
        if stop < 3:
            _dot(pen, x, y, h * 0.018, CLOUDBERRY if stop == 2 else SPRUCE)


def _bubbles(pen: Drawing, w: int, h: int, generator: random.Random) -> None:
    shift = generator.uniform(-0.03, 0.03)
    for x, y, colour in ((0.42 + shift, 0.45, SPRUCE), (0.58 + shift, 0.55, CLOUDBERRY)):
        pen.ellipse((w * x - h * 0.28, h * y - h * 0.22, w * x + h * 0.28, h * y + h * 0.22), outline=colour, width=30)
    for step in range(3):
        _dot(pen, w * (0.47 + shift + step * 0.03), h * 0.5, h * 0.018, INK)


def _forest(pen: Drawing, w: int, h: int, generator: random.Random) -> None:
    for layer in range(3):
        colour = _mix(MIST, SPRUCE, 0.35 + layer * 0.3)
        for _ in range(30):
            x, size = w * generator.random(), h * generator.uniform(0.25, 0.45)
            base = h * (0.72 + layer * 0.14)
            pen.polygon(((x, base - size), (x - size * 0.22, base), (x + size * 0.22, base)), fill=colour)
        pen.rectangle((0, h * (0.715 + layer * 0.14), w, h), fill=colour)
    pen.line(((w * 0.5, h), (w * 0.5, h * 0.82), (w * 0.36, h * 0.68)), fill=BIRCH, width=24, joint="curve")
    pen.line(((w * 0.5, h * 0.82), (w * 0.63, h * 0.68)), fill=CLOUDBERRY, width=24)


def _horizon(pen: Drawing, w: int, h: int, generator: random.Random) -> None:
    _dot(pen, w * generator.uniform(0.3, 0.7), h * 0.42, h * 0.11, CLOUDBERRY)
    for layer in range(5):
        colour = _mix(MIST, SPRUCE, 0.2 + layer * 0.2)
        phase, swing = generator.uniform(0, math.tau), h * generator.uniform(0.02, 0.06)
        ridge = [
            (x, h * (0.5 + layer * 0.11) + swing * math.sin(phase + x / w * math.tau * (1 + layer / 3)))
            for x in range(0, w + 12, 12)
        ]
        pen.polygon([(0, h), *ridge, (w, h)], fill=colour)


def _portrait(pen: Drawing, w: int, h: int, _generator: random.Random) -> None:
    pen.rectangle((0, 0, w, h), fill=_mix(BIRCH, CLOUDBERRY, 0.35))
    _dot(pen, w / 2, h * 1.05, w * 0.42, SPRUCE)
    _dot(pen, w / 2, h * 0.42, w * 0.17, SPRUCE_LIGHT)


THEMES: dict[str, Callable[[Drawing, int, int, random.Random], None]] = {
    "web": _web,
    "arch": _arch,
    "rows": _rows,
    "steps": _steps,
    "pairs": _pairs,
    "journey": _journey,
    "bubbles": _bubbles,
    "forest": _forest,
    "horizon": _horizon,
    "portrait": _portrait,
}
