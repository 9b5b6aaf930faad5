"""The image's own description is its alternative text where a page has none of its own."""

import pytest
from django.test import Client
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file

from home.models import HomePage
from tests.factories import EventIndexPageFactory, EventPageFactory, StandardPageFactory


@pytest.mark.parametrize(
    ("own", "described", "shown"),
    [("", "Sali täynnä väkeä", "Sali täynnä väkeä"), ("Puhuja", "Sali täynnä väkeä", "Puhuja"), ("", "", "")],
)
def test_description_of_an_image_fills_the_alternative_text(
    own: str, described: str, shown: str, homes: dict[str, HomePage], client: Client
) -> None:
    """Finding: it did not."""
    image = get_image_model().objects.create(title="kuva", description=described, file=get_test_image_file())
    fields = {"listing_image": image, "listing_image_alt": own}
    calendar = EventIndexPageFactory(parent=homes["fi"])
    pages = [StandardPageFactory(parent=homes["fi"], **fields), EventPageFactory(parent=calendar, **fields)]

    found = [client.get(page.url).content.decode() for page in pages]

    assert [f'alt="{shown}"' in html.partition("<main")[2] for html in found] == [True, True]
