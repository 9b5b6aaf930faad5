from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.utils.translation import override
from wagtail.models import Page

from home.models import HomePage
from network_pages.models import ProgrammeRoundPage, StoryLink
from tests.factories import (
    NewsPageFactory,
    ProgrammePageFactory,
    ProgrammeRoundPageFactory,
    pair_up,
)
from tests.factories.locales import in_language


def titles(pages: list[Page]) -> list[str]:
    return [page.title for page in pages]


def test_round_has_its_pairs_and_stories(homes: dict[str, HomePage]) -> None:
    programme = ProgrammePageFactory(parent=homes["fi"])
    first, second = (ProgrammeRoundPageFactory(parent=programme, number=number) for number in (1, 2))
    second.starts_on, second.ends_on = date(2126, 1, 15), date(2126, 11, 30)
    second.save()
    pair_up(second, "sisäinen riippuvuus")
    pair_up(second, "digitalisaatio", count=3)
    below = NewsPageFactory(parent=second, title="alla")
    StoryLink.objects.create(page=second, story=NewsPageFactory(parent=programme, title="ohjelman alla"))

    assert programme.rounds == [second, first]
    assert [(pair.theme, len(pair.members.all())) for pair in second.pairs] == [
        ("sisäinen riippuvuus", 2),
        ("digitalisaatio", 3),
    ]
    assert set(titles(second.stories)) == {below.title, "ohjelman alla"}
    assert set(titles(programme.stories)) == {"alla", "ohjelman alla"}
    with override("fi"):
        assert second.registration_facts("fi").when == "15.1.–30.11.2126"


def test_pair_leads_to_its_story_in_the_language_of_the_page(homes: dict[str, HomePage], client: Client) -> None:
    page = ProgrammeRoundPageFactory(parent=ProgrammePageFactory(parent=homes["fi"]))
    pair = pair_up(page, "johtaminen")
    story = NewsPageFactory(parent=homes["fi"], title="Pari kertoo")
    pair.story = in_language(story, "sv", title="Paret berättar")
    pair.save()

    assert [each.shown_story for each in page.pairs] == [story.page_ptr]
    assert f'<a href="{story.url}">Pari kertoo</a>' in client.get(page.url).content.decode()
    story.unpublish()
    assert [each.shown_story for each in ProgrammeRoundPage.objects.get(pk=page.pk).pairs] == [None]


@pytest.mark.parametrize("count", [1, 30])
def test_round_takes_as_many_queries_with_30_pairs(
    homes: dict[str, HomePage], count_queries: Callable[..., int], count: int
) -> None:
    page = ProgrammeRoundPageFactory(parent=ProgrammePageFactory(parent=homes["fi"], slug="ohjelma"), slug="kierros")
    for number in range(count):
        pair_up(page, f"teema {number}")

    assert count_queries("/fi/ohjelma/kierros/") == 3
    assert count_queries("/fi/ohjelma/kierros/", cold=True) == 17
