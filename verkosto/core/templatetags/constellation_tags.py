from functools import lru_cache
from math import cos, pi, sin

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from verkosto.core.constellation import constellation

register = template.Library()

# Radius of a point and of the bright one, in units of the figure's field of 100:
# a mark is seen at 40 to 140 pixels, a tile at 200 to 300, a figure at 400 and more.
RADII = {"mark": (4.5, 7), "tile": (2.6, 4.2), "figure": (1.4, 2.4)}


@register.simple_tag(name="constellation")
def constellation_tag(key: object, size: str = "mark") -> SafeString:
    """The figure of `key` as SVG, hidden from assistive technology; `size` is "mark", "tile" or "figure"."""
    return drawn(str(key), size)


@lru_cache(maxsize=1024)
def drawn(key: str, size: str) -> SafeString:
    figure = constellation(key)
    small, large = RADII[size]
    lines = format_html_join(
        "",
        '<line x1="{}" y1="{}" x2="{}" y2="{}" />',
        ((line.start.x, line.start.y, line.end.x, line.end.y) for line in figure.lines),
    )
    points = format_html_join(
        "",
        '<circle cx="{}" cy="{}" r="{}"{} />',
        (
            (point.x, point.y, large if point.bright else small, BRIGHT if point.bright else "")
            for point in figure.points
        ),
    )
    return format_html(
        '<svg class="constellation constellation--{}" viewBox="0 0 100 100" aria-hidden="true">{}{}</svg>',
        size,
        lines,
        points,
    )


BRIGHT = format_html(' class="{}"', "constellation__bright")


@register.simple_tag
def group_dots(size_from: int, size_to: int, members: int | None = None) -> SafeString:
    """A circle of as many dots as a group has places, those that are free, or may stay free, drawn open. Decoration."""
    filled = members or size_from or 0
    count = max(size_to or 0, filled, 1)
    dots = format_html_join(
        "",
        '<circle cx="{}" cy="{}" r="7"{} />',
        (
            (
                round(50 + 38 * sin(2 * pi * number / count), 1),
                round(50 - 38 * cos(2 * pi * number / count), 1),
                "" if number < filled else MAYBE,
            )
            for number in range(count)
        ),
    )
    return format_html('<svg class="group-dots" viewBox="0 0 100 100" aria-hidden="true">{}</svg>', dots)


MAYBE = format_html(' class="{}"', "group-dots__maybe")
