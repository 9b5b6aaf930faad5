from itertools import combinations
from uuid import UUID

import pytest

from verkosto.core.constellation import constellation
from verkosto.core.templatetags.constellation_tags import constellation_tag, group_dots

KEYS = [str(UUID(int=number * 7919)) for number in range(60)]


def test_same_key_gives_same_figure() -> None:
    constellation.cache_clear()
    first = constellation("a2c5")
    constellation.cache_clear()
    assert constellation("a2c5") == first


def test_figure_does_not_change_between_releases() -> None:
    figure = constellation("verkosto")
    assert [(point.x, point.y) for point in figure.points[:2]] == [(48.7, 38.3), (89.8, 40.1)]


def test_different_keys_give_different_figures() -> None:
    assert len({constellation(key) for key in KEYS}) == len(KEYS)


@pytest.mark.parametrize("key", KEYS)
def test_points_are_connected_and_one_is_bright(key: str) -> None:
    figure = constellation(key)
    assert 6 <= len(figure.points) <= 9
    assert [point.bright for point in figure.points].count(True) == 1
    reached = {figure.points[0]}
    for _ in figure.points:
        reached |= {end for line in figure.lines for end in (line.start, line.end) if reached & {line.start, line.end}}
    assert reached == set(figure.points)


@pytest.mark.parametrize("key", KEYS)
def test_points_are_apart_and_inside_the_field(key: str) -> None:
    points = constellation(key).points
    assert all(0 < coordinate < 100 for point in points for coordinate in (point.x, point.y))
    assert min(first.distance(second) for first, second in combinations(points, 2)) > 3


def test_tag_hides_the_figure_from_assistive_technology() -> None:
    svg = constellation_tag("verkosto")
    assert svg.startswith("<svg")
    assert 'aria-hidden="true"' in svg


@pytest.mark.parametrize(
    ("size_from", "size_to", "members", "filled", "open_"),
    [(8, 10, None, 8, 2), (8, 10, 10, 10, 0), (8, 10, 9, 9, 1), (8, 8, None, 8, 0)],
)
def test_group_has_a_dot_for_each_place(
    size_from: int, size_to: int, members: int | None, filled: int, open_: int
) -> None:
    svg = group_dots(size_from, size_to, members)
    assert (svg.count("<circle") - svg.count("group-dots__open"), svg.count("group-dots__open")) == (filled, open_)
