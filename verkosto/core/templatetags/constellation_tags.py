from functools import lru_cache
from math import cos, pi, sin

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from verkosto.core.constellation import constellation

register = template.Library()

BRIGHT = format_html(' class="{}"', "constellation__bright")
OPEN = format_html(' class="{}"', "group-dots__open")

# Radius of a point and of the bright point in units of the field (100 × 100), by the size in which the figure is shown:
# "small" is 40 to 140 pixels wide, "tile" 200 to 300, "large" 400 or more.
RADII = {"small": (4.5, 7), "tile": (2.6, 4.2), "large": (1.4, 2.4)}


@register.simple_tag(name="constellation")
def constellation_tag(key: object, size: str = "small") -> SafeString:
    """Return the constellation of `key` as SVG, hidden from assistive technology; `size` is a key of `RADII`."""
    return constellation_svg(str(key), size)


@lru_cache(maxsize=1024)
def constellation_svg(key: str, size: str) -> SafeString:
    figure = constellation(key)
    radius, bright_radius = RADII[size]
    lines = format_html_join(
        "",
        '<line x1="{}" y1="{}" x2="{}" y2="{}" />',
        ((line.start.x, line.start.y, line.end.x, line.end.y) for line in figure.lines),
    )
    points = format_html_join(
        "",
        '<circle cx="{}" cy="{}" r="{}"{} />',
        (
            (point.x, point.y, bright_radius if point.bright else radius, BRIGHT if point.bright else "")
            for point in figure.points
        ),
    )
    return format_html(
        '<svg class="constellation constellation--{}" viewBox="0 0 100 100" aria-hidden="true">{}{}</svg>',
        size,
        lines,
        points,
    )


@register.simple_tag
def group_dots(size_from: int, size_to: int, members: int | None = None) -> SafeString:
    """Return a decorative SVG: a circle of as many dots as the group has places, the free ones not filled."""
    filled = members or size_from or 0
    count = max(size_to or 0, filled, 1)
    dots = format_html_join(
        "",
        '<circle cx="{}" cy="{}" r="7"{} />',
        (
            (
                round(50 + 38 * sin(2 * pi * number / count), 1),
                round(50 - 38 * cos(2 * pi * number / count), 1),
                "" if number < filled else OPEN,
            )
            for number in range(count)
        ),
    )
    return format_html('<svg class="group-dots" viewBox="0 0 100 100" aria-hidden="true">{}</svg>', dots)
