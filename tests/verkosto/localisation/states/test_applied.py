"""“Up to date” follows from what is live, whoever published it and how."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from wagtail_localize.models import StringTranslation, TranslationSource
from wagtail_localize.operations import translate_object

from tests.verkosto.localisation.bodies import state
from tests.verkosto.localisation.testapp.models import Hall, TalkPage
from verkosto.localisation.models import TranslationState


def fresh(page):
    return TalkPage.objects.get(pk=page.pk)


def correct(commit):
    with commit():
        string = StringTranslation.objects.get(data="sv Johdanto")
        string.data = "Rättad"
        string.save()


def test_bulk_publishing_of_an_older_draft_is_not_up_to_date(client, admin_user, swedish, commit):
    fresh(swedish).save_revision()
    correct(commit)
    client.force_login(admin_user)
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    with commit():
        client.post(f"{url}?id={swedish.pk}&next=/admin/")
    assert (fresh(swedish).intro, state(swedish).state) == ("sv Johdanto", "ready")


def test_a_schedule_that_is_older_than_a_correction_is_not_up_to_date(swedish, commit):
    page = fresh(swedish)
    page.go_live_at = timezone.now() + timedelta(days=1)
    page.save_revision().publish()
    correct(commit)
    revision = page.revisions.get(approved_go_live_at__isnull=False)
    revision.approved_go_live_at = timezone.now() - timedelta(minutes=1)
    revision.content["go_live_at"] = revision.approved_go_live_at.isoformat()
    revision.save()
    with commit():
        call_command("publish_scheduled")
    assert (fresh(swedish).intro, state(swedish).state) == ("sv Johdanto", "ready")


def test_publishing_an_older_revision_is_not_up_to_date(swedish, translation, commit):
    older = fresh(swedish).latest_revision
    correct(commit)
    with commit():
        translation.save_target(publish=True)
    assert (fresh(swedish).intro, state(swedish).state) == ("Rättad", "up_to_date")
    with commit():
        older.publish()
    assert (fresh(swedish).intro, state(swedish).state) == ("sv Johdanto", "ready")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("in_transaction", [True, False])
def test_a_snippet_has_the_same_states_whatever_the_transaction(in_transaction, locales):

    hall = Hall.objects.create(name="Sali", locale=locales["fi"])
    translate_object(hall, [locales["sv"]])
    string = StringTranslation.objects.create
    source = hall_source(hall)
    for segment in source.stringsegment_set.all():
        string(translation_of=segment.string, context=segment.context, locale=locales["sv"], data="Sal")
    source.translations.get().save_target()
    states = []
    for name in ("Juhlasali", "Juhlasali"):
        hall = Hall.objects.get(pk=hall.pk)
        hall.name = name
        if in_transaction:
            with transaction.atomic():
                hall.save()
        else:
            hall.save()
        states.append(TranslationState.objects.get(translation_key=hall.translation_key, locale=locales["sv"]).state)
    assert states == ["outdated", "outdated"]


def hall_source(hall):

    return TranslationSource.objects.get(object_id=hall.translation_key)
