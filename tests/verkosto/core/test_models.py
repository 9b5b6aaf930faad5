import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import override
from wagtail_localize.fields import get_translatable_fields

from home.models import HomePage, StandardPage
from tests.factories import StandardPageFactory

DAY = datetime.timedelta(days=1)


def test_notice_ends_before_it_begins(homes: dict[str, HomePage]) -> None:
    page = StandardPageFactory(parent=homes["fi"])
    page.notice_from, page.notice_until = timezone.now(), timezone.now() - DAY

    with override("en"), pytest.raises(ValidationError) as refusal:
        page.full_clean()
    assert refusal.value.messages == ["The notice ends before it begins."]
    with pytest.raises(IntegrityError), transaction.atomic():
        StandardPage.objects.filter(pk=page.pk).update(notice_from=page.notice_from, notice_until=page.notice_until)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("starts", "ends", "shown"),
    [(None, None, "<p>x</p>"), (-DAY, DAY, "<p>x</p>"), (DAY, None, ""), (None, -DAY, "")],
)
def test_current_notice(starts: datetime.timedelta | None, ends: datetime.timedelta | None, shown: str) -> None:
    now = timezone.now()
    page = StandardPage(notice="<p>x</p>", notice_from=starts and now + starts, notice_until=ends and now + ends)

    assert page.current_notice == shown


def test_facts_are_synchronised_and_words_translatable() -> None:
    fields = {field.field_name: field for field in get_translatable_fields(StandardPage)}
    translated = StandardPage(summary="x", notice="x", listing_image_alt="x", seo_title="x")

    assert {
        name
        for name in ("title", "slug", "summary", "notice", "listing_image_alt", "body", "contacts", "related")
        if fields[name].is_translated(translated)
    } == {
        "title",
        "slug",
        "summary",
        "notice",
        "listing_image_alt",
        "body",
        "contacts",
        "related",
    }
    for name in ("notice_from", "notice_until"):
        assert fields[name].is_synchronized(translated)
        assert not fields[name].is_overridable(translated)
    assert fields["topic_links"].is_translated(translated)
