"""Decorative figures of points and lines that are generated from a key.

The same key gives the same figure, in every language and size. A figure carries no information and is hidden from
assistive technology.
"""

from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from itertools import combinations
from math import cos, hypot, pi, sin

FIELD = 100  # width and height of the coordinate system
CENTRE = FIELD / 2
RADIUS = 43
MIN_POINTS, MAX_POINTS = 6, 9
CANDIDATES = 6  # random positions that are compared for each point


@dataclass(frozen=True)
class Point:
    """A position in the field of 100 × 100 units. The one point that is drawn filled is `bright`."""

    x: float
    y: float
    bright: bool = False

    def distance(self, other: "Point") -> float:
        return hypot(self.x - other.x, self.y - other.y)


@dataclass(frozen=True)
class Line:
    start: Point
    end: Point


@dataclass(frozen=True)
class Constellation:
    points: tuple[Point, ...]
    lines: tuple[Line, ...]


class SeededRandom:
    """A random number generator whose numbers depend on the seed alone, not on the version of Python."""

    def __init__(self, seed: str) -> None:
        self.seed = seed
        self.count = 0

    def random(self) -> float:
        """Return the next number, from 0 up to but without 1."""
        self.count += 1
        digest = sha256(f"{self.seed}:{self.count}".encode()).digest()
        return int.from_bytes(digest[:6], "big") / 2**48


@lru_cache(maxsize=2048)
def constellation(key: str) -> Constellation:
    """Return the figure of `key`: six to nine connected points; no two lines cross."""
    generator = SeededRandom(key)
    positions = _scatter(generator, MIN_POINTS + int(generator.random() * (MAX_POINTS - MIN_POINTS + 1)))
    pairs = _connect(positions, extra=1 + int(generator.random() * 2))
    bright = int(generator.random() * len(positions))
    points = tuple(Point(position.x, position.y, number == bright) for number, position in enumerate(positions))
    return Constellation(points, tuple(Line(points[a], points[b]) for a, b in pairs))


def _scatter(generator: SeededRandom, count: int) -> list[Point]:
    """Return `count` points in the disc. Each is the candidate that is farthest from the points chosen before."""
    points: list[Point] = []
    while len(points) < count:
        candidates = [_position_in_disc(generator.random(), generator.random()) for _ in range(CANDIDATES)]
        points.append(max(candidates, key=lambda point: min((point.distance(other) for other in points), default=0)))
    return points


def _position_in_disc(angle: float, distance: float) -> Point:
    """Return the point at an angle (in turns) and a distance (0 to 1, evenly distributed over the area)."""
    radius = RADIUS * distance**0.5
    return Point(round(CENTRE + radius * cos(2 * pi * angle), 1), round(CENTRE + radius * sin(2 * pi * angle), 1))


def _connect(points: list[Point], extra: int) -> list[tuple[int, int]]:
    """Return the minimum spanning tree of the points, and up to `extra` more lines that cross none."""
    pairs = sorted(combinations(range(len(points)), 2), key=lambda pair: points[pair[0]].distance(points[pair[1]]))
    component = list(range(len(points)))
    lines: list[tuple[int, int]] = []
    for a, b in pairs:
        if component[a] != component[b]:
            lines.append((a, b))
            component = [component[a] if name == component[b] else name for name in component]
    for pair in pairs:
        if extra and pair not in lines and not any(_cross(points, pair, line) for line in lines):
            lines.append(pair)
            extra -= 1
    return lines


def _cross(points: list[Point], first: tuple[int, int], second: tuple[int, int]) -> bool:
    if set(first) & set(second):
        return False
    a, b = (points[number] for number in first)
    c, d = (points[number] for number in second)
    return _is_left(a, b, c) != _is_left(a, b, d) and _is_left(c, d, a) != _is_left(c, d, b)


def _is_left(a: Point, b: Point, c: Point) -> bool:
    """Return whether `c` is to the left of the line from `a` to `b`."""
    return (b.x - a.x) * (c.y - a.y) > (b.y - a.y) * (c.x - a.x)
