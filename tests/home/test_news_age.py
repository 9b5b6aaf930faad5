"""News say when they are older than the site sets."""

from datetime import date

import pytest
from django.core.cache import cache
from django.test import Client

from home.models import HomePage, NewsPage
from tests.factories import NewsIndexPageFactory, NewsPageFactory, SiteSettingsFactory


@pytest.mark.parametrize(
    ("published", "today", "months", "old"),
    [
        (date(2126, 1, 15), date(2126, 7, 15), 6, False),
        (date(2126, 1, 15), date(2126, 7, 16), 6, True),
        (date(2125, 12, 15), date(2126, 1, 14), 1, False),
        (date(2125, 12, 15), date(2126, 1, 16), 1, True),
        (date(2120, 1, 15), date(2126, 7, 15), None, False),
        (None, date(2126, 7, 15), 6, False),
    ],
)
def test_age_in_calendar_months(published: date | None, today: date, months: int | None, old: bool) -> None:
    assert NewsPage(published_on=published).is_older_than(months, today) is old


@pytest.mark.django_db
def test_old_news_say_so_unless_the_site_does_not_want_it(homes: dict[str, HomePage], client: Client) -> None:
    page = NewsPageFactory(parent=NewsIndexPageFactory(parent=homes["fi"]), published_on=date(2020, 1, 15))
    settings = SiteSettingsFactory(news_months=12)
    text = "Julkaistu yli 12 kuukautta sitten."

    shown = text in client.get(page.url).content.decode()
    settings.news_months = None
    settings.save()
    cache.clear()

    assert (shown, "kuukautta sitten" in client.get(page.url).content.decode()) == (True, False)
