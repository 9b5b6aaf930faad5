"""Sharing a page: plain links to the services, and the picture that stands for the page there: its constellation on
birch, as services take no SVG.

A service hears of a reader only when the reader follows its link: nothing of theirs is loaded.
"""

from dataclasses import dataclass
from io import BytesIO
from urllib.parse import quote

from django.conf import settings
from django.utils.translation import gettext
from PIL import Image, ImageDraw
from wagtail.models import Page

from verkosto.core.constellation import FIELD, constellation

#: Name of a service and where it takes an address; the setting SHARE_SERVICES takes their place.
SERVICES = (
    ("LinkedIn", "https://www.linkedin.com/sharing/share-offsite/?url={url}"),
    ("Facebook", "https://www.facebook.com/sharer/sharer.php?u={url}"),
    ("Mastodon", "https://share.joinmastodon.org/#text={title}%20{url}"),
)

SIZE = (1200, 630)
BIRCH, SPRUCE, CLOUDBERRY = "#fbf9f4", "#0f4a47", "#f0a430"
SCALE = 5.2
OVERSAMPLING = 2  # drawn twice as large and reduced, for smooth edges


@dataclass(frozen=True, slots=True)
class ShareLink:
    label: str
    url: str
    is_external: bool = True


def share_links(page: Page) -> list[ShareLink]:
    """Links that pass the page on: by e-mail, and on each service. Empty for a page without an address."""
    address = page.full_url
    if not address:
        return []
    words = {"title": quote(page.title, safe=""), "url": quote(address, safe="")}
    mail = ShareLink(gettext("By email"), "mailto:?subject={title}&body={url}".format(**words), is_external=False)
    services = getattr(settings, "SHARE_SERVICES", SERVICES)
    return [mail, *(ShareLink(name, pattern.format(**words)) for name, pattern in services)]


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
