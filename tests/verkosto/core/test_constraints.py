"""An editor reads beside the field what the database would refuse."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from event_pages.models import AgendaItem, EventPage, EventSeriesPage
from home.models import SiteSettings
from network_pages.models import ProgrammeRoundPage, SmallGroupPage
from tests.factories import SiteSettingsFactory, TopicFactory
from verkosto.directory.models import Topic

NOON = datetime(2126, 9, 16, 9, tzinfo=UTC)
EARLIER = datetime(2126, 9, 16, 8, tzinfo=UTC)


@pytest.mark.parametrize(
    ("model", "values", "field"),
    [
        (EventPage, {"starts_at": NOON, "ends_at": EARLIER}, "ends_at"),
        (EventPage, {"starts_at": None}, "starts_at"),
        (EventPage, {"date_precision": "month"}, "starts_on"),
        (EventPage, {"starts_at": NOON, "notice_from": NOON, "notice_until": EARLIER}, "notice_until"),
        (
            EventPage,
            {"starts_at": NOON, "registration_opens_at": NOON, "registration_closes_at": EARLIER},
            "registration_closes_at",
        ),
        (EventSeriesPage, {"last_year": 2020}, "first_year"),
        (SmallGroupPage, {"size_from": 10, "size_to": 8}, "size_to"),
        (ProgrammeRoundPage, {"starts_on": date(2020, 2, 2), "ends_on": date(2020, 1, 1)}, "ends_on"),
        (AgendaItem, {"ends_at": NOON.time()}, "starts_at"),
    ],
)
def test_refusal_stands_by_its_field(model: Any, values: dict[str, Any], field: str, db: None) -> None:
    with pytest.raises(ValidationError) as refusal:
        model(**values).validate_constraints(exclude={"locale", "page"})
    assert [*refusal.value.message_dict] == [field]


def test_same_key_of_a_topic_is_refused_before_the_database_does(db: None) -> None:
    topic = TopicFactory(slug="kieli")
    with override("fi"), pytest.raises(ValidationError) as refusal:
        Topic(name="Kieli", slug="kieli", locale=topic.locale).full_clean(exclude={"locale"})
    assert [*refusal.value.message_dict] == ["slug"]


def test_second_settings_of_a_language_are_refused_with_a_message(db: None) -> None:
    settings = SiteSettingsFactory()
    with pytest.raises(ValidationError):
        SiteSettings(name="Verkosto", locale=settings.locale).full_clean(exclude={"locale"})
