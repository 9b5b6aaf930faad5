"""A figure of points and lines drawn from a key: the same key gives the same figure, in every language and size.

A constellation is decoration. It carries no information and is hidden from assistive technology.
"""

from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from itertools import combinations
from math import cos, hypot, pi, sin

FIELD = 100
CENTRE = FIELD / 2
RADIUS = 43
FEWEST_POINTS, MOST_POINTS = 6, 9
CANDIDATES = 6


@dataclass(frozen=True)
class Point:
    """A place in the field of 100 × 100 units; `bright` marks the one point that is filled."""

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


class Dice:
    """Numbers that follow from a seed alone, the same in every version of Python."""

    def __init__(self, seed: str) -> None:
        self.seed = seed
        self.throws = 0

    def throw(self) -> float:
        """The next number, from 0 up to 1."""
        self.throws += 1
        digest = sha256(f"{self.seed}:{self.throws}".encode()).digest()
        return int.from_bytes(digest[:6], "big") / 2**48


@lru_cache(maxsize=2048)
def constellation(key: str) -> Constellation:
    """The figure of `key`: six to nine points, joined into one web by few lines that never cross."""
    dice = Dice(key)
    places = _scatter(dice, FEWEST_POINTS + int(dice.throw() * (MOST_POINTS - FEWEST_POINTS + 1)))
    pairs = _web(places, extra=1 + int(dice.throw() * 2))
    bright = int(dice.throw() * len(places))
    points = tuple(Point(place.x, place.y, number == bright) for number, place in enumerate(places))
    return Constellation(points, tuple(Line(points[a], points[b]) for a, b in pairs))


def _scatter(dice: Dice, count: int) -> list[Point]:
    """`count` points in the disc, each the one of several throws that stands farthest from the others."""
    points: list[Point] = []
    while len(points) < count:
        throws = [_in_disc(dice.throw(), dice.throw()) for _ in range(CANDIDATES)]
        points.append(max(throws, key=lambda place: min((place.distance(other) for other in points), default=0)))
    return points


def _in_disc(turn: float, reach: float) -> Point:
    radius = RADIUS * reach**0.5
    return Point(round(CENTRE + radius * cos(2 * pi * turn), 1), round(CENTRE + radius * sin(2 * pi * turn), 1))


def _web(points: list[Point], extra: int) -> list[tuple[int, int]]:
    """The shortest lines that join all points, and up to `extra` more that cross none of them."""
    pairs = sorted(combinations(range(len(points)), 2), key=lambda pair: points[pair[0]].distance(points[pair[1]]))
    group = list(range(len(points)))
    web: list[tuple[int, int]] = []
    for a, b in pairs:
        if group[a] != group[b]:
            web.append((a, b))
            group = [group[a] if name == group[b] else name for name in group]
    for pair in pairs:
        if extra and pair not in web and not any(_cross(points, pair, line) for line in web):
            web.append(pair)
            extra -= 1
    return web


def _cross(points: list[Point], first: tuple[int, int], second: tuple[int, int]) -> bool:
    if set(first) & set(second):
        return False
    a, b = (points[number] for number in first)
    c, d = (points[number] for number in second)
    return _side(a, b, c) != _side(a, b, d) and _side(c, d, a) != _side(c, d, b)


def _side(a: Point, b: Point, c: Point) -> bool:
    return (b.x - a.x) * (c.y - a.y) > (b.y - a.y) * (c.x - a.x)
