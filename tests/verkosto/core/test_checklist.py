"""What the checklist says of the texts and pictures of any page."""

from typing import Any

import pytest
from django.utils.translation import override
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file

from home.models import HomePage
from tests.factories import StandardPageFactory, in_language

pytestmark = pytest.mark.django_db


def text(html: str) -> dict[str, Any]:
    return {"type": "rich_text", "value": {"text": html}}


def checks(home: HomePage, body: list[dict[str, Any]], **fields: Any) -> list[tuple[str, str]]:
    page = StandardPageFactory(parent=home, body=body, **fields)
    for code in ("sv", "en"):
        in_language(page, code)
    with override("en"):
        return [(check.field, check.text) for check in page.checklist]


def test_a_clear_page_has_nothing_to_look_at(homes: dict[str, HomePage]) -> None:
    body = [
        {"type": "heading", "value": {"text": "Tavoite", "level": "h2"}},
        text('<h3>Kenelle</h3><p>Katso <a href="/a">verkoston esittely</a>.</p>'),
    ]
    assert checks(homes["fi"], body) == []


def test_links_headings_and_sentences_are_looked_at(homes: dict[str, HomePage]) -> None:
    body = [text("<h4>Kenelle</h4>"), text(f'<p><a href="/a">Lue lisää</a>. {"sana " * 31}</p>')]
    notice = '<p><a href="/b">tästä</a></p>'
    assert checks(homes["fi"], body, notice=notice) == [
        ("body", "A heading skips a level: after a main heading comes a heading of the next level."),
        ("notice", "A link says only “tästä”. Say where it leads."),
        ("body", "A link says only “Lue lisää”. Say where it leads."),
        ("body", "A sentence has more than 30 words: “sana sana sana sana sana sana…”"),
    ]


def test_pictures_without_a_description_are_looked_at(homes: dict[str, HomePage]) -> None:
    image = get_image_model().objects.create(title="Kuva", file=get_test_image_file())
    bare = [{"type": "image", "value": {"image": image.pk, "alt_text": "", "caption": ""}}]
    told = [{"type": "image", "value": {"image": image.pk, "alt_text": "Sali", "caption": ""}}]

    assert checks(homes["fi"], bare, listing_image=image) == [
        ("listing_image_alt", "The listing image has no alternative text."),
        ("body", "An image in the text has no alternative text."),
    ]
    assert checks(homes["fi"], told, listing_image=image, listing_image_alt="Sali") == []
