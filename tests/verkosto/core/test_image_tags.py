"""Pictures in the formats and widths from which the browser chooses."""

from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup, Tag
from django.template import Context, Template
from django.test import Client
from PIL import Image
from wagtail.images import get_image_model
from wagtail.images.models import AbstractImage
from wagtail.images.tests.utils import get_test_image_file

from home.models import HomePage
from tests.factories import StandardPageFactory
from verkosto.core import pictures


def an_image(width: int = 2000, height: int = 30) -> AbstractImage:
    file = get_test_image_file(size=(width, height), colour="seagreen")
    return get_image_model().objects.create(title="kuva", description="Metsä", file=file)


def parsed(html: str) -> Tag:
    (found,) = BeautifulSoup(html, "html.parser").select("picture")
    return found


@pytest.mark.parametrize(("width", "widths"), [(2000, [1600, 960, 480]), (700, [700, 480])])
def test_browser_chooses_among_the_widths_that_the_picture_has(
    client: Client, homes: dict[str, HomePage], count_queries: Callable[..., int], width: int, widths: list[int]
) -> None:
    image = an_image(width)
    page = StandardPageFactory(parent=homes["fi"], listing_image=image)

    shown = parsed(client.get(page.url).content.decode()).img
    sources = [source.split() for source in shown["srcset"].split(", ")]
    assert [descriptor for _url, descriptor in sources] == [f"{each}w" for each in widths]
    assert (shown["alt"], shown["fetchpriority"], shown["width"]) == ("Metsä", "high", str(widths[0]))
    assert shown["src"] == sources[0][0]
    kinds = [Image.open(rendition.file).format for rendition in image.renditions.filter(filter_spec__contains="webp")]
    assert kinds == ["WEBP"] * 3
    pictures.make_avif.func(image.pk, "lead")
    client.get(page.url)
    assert count_queries(page.url) == 3


@pytest.mark.django_db
def test_avif_is_made_by_the_worker_and_then_shown_first(
    django_capture_on_commit_callbacks: Callable[..., object], monkeypatch: pytest.MonkeyPatch
) -> None:
    renewed: list[bool] = []
    monkeypatch.setattr(pictures, "renew_content_version", lambda: renewed.append(True))
    template = Template('{% load image_tags %}{% picture image "portrait" alt="" lang="sv" %}')
    image = an_image(40, 40)
    with django_capture_on_commit_callbacks(execute=False) as asked:
        first = parsed(template.render(Context({"image": image})))
        parsed(template.render(Context({"image": image})))
    assert (len(asked), first.select("source")) == (1, [])  # type: ignore[arg-type]

    pictures.make_avif.func(image.pk, "portrait")
    second = parsed(template.render(Context({"image": image})))
    (source,) = second.select("source")
    assert (source["type"], source["sizes"]) == ("image/avif", "7.5rem")
    assert renewed == [True]
    shown = second.img
    assert (shown["src"].rpartition(".")[2], shown["alt"], shown["lang"], shown["loading"]) == (
        "webp",
        "",
        "sv",
        "lazy",
    )


@pytest.mark.django_db
def test_lost_file_is_shown_as_a_missing_picture_and_asked_for_no_more(
    django_capture_on_commit_callbacks: Callable[..., object],
) -> None:
    image = an_image(40, 40)
    image.file.delete(save=False)
    image.file.name = "original_images/lost.png"
    with django_capture_on_commit_callbacks(execute=False) as asked:
        assert 'width="0"' in pictures.picture(image, "tile", {"alt": "Metsä"})
    assert asked == []
    pictures.make_avif.func(image.pk + 1, "tile")
