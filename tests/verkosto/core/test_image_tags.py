"""The picture of a page, in the width of the screen."""

from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from PIL import Image
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file

from home.models import HomePage
from tests.factories import StandardPageFactory


@pytest.mark.parametrize(("width", "widths"), [(2000, [480, 960, 1600]), (700, [480, 700])])
def test_browser_chooses_among_the_widths_that_the_picture_has(
    client: Client, homes: dict[str, HomePage], count_queries: Callable[..., int], width: int, widths: list[int]
) -> None:
    file = get_test_image_file(size=(width, 30), colour="seagreen")
    image = get_image_model().objects.create(title="kuva", description="Metsä", file=file)
    page = StandardPageFactory(parent=homes["fi"], listing_image=image)

    (shown,) = BeautifulSoup(client.get(page.url).content, "html.parser").select(".page-header__image img")
    sources = [source.split() for source in shown["srcset"].split(", ")]
    assert [descriptor for _url, descriptor in sources] == [f"{each}w" for each in widths]
    assert (shown["alt"], shown["fetchpriority"], shown["width"]) == ("Metsä", "high", str(widths[-1]))
    assert shown["src"] == sources[-1][0]
    kinds = [Image.open(rendition.file).format for rendition in image.renditions.filter(filter_spec__contains="webp")]
    assert kinds == ["WEBP"] * 3
    assert count_queries(page.url) == 3
