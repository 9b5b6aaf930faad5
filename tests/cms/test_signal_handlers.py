from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.utils.translation import override
from wagtail.users.models import UserProfile

from cms.signal_handlers import RESCHEDULED, STATUS_MESSAGES
from cms.translation_deadlines import registrable_page_deadlines
from event_pages.models import EventPage
from tests.factories import EventIndexPageFactory, EventPageFactory, in_language
from tests.factories.registrations import desk_of, event_with_desk, in_three_languages, publish
from verkosto.localisation.models import TranslationNotification
from verkosto.localisation.permissions.groups import create_groups
from verkosto.localisation.sync.original_changes import make_original


def test_the_site_answers_for_all_pages_in_two_queries(db, django_assert_num_queries):
    with django_assert_num_queries(2):
        assert registrable_page_deadlines(None) == {}


def test_every_news_is_a_status_of_an_event():
    assert set(STATUS_MESSAGES) < set(dict(EventPage._meta.get_field("status").choices))


@pytest.fixture
def translator(homes, django_user_model):
    create_groups(homes["sv"].locale)
    user = django_user_model.objects.create_user("sv", email="sv@example.fi", password="p")
    user.groups.add(Group.objects.get(name="Translators (sv)"))
    UserProfile.objects.create(user=user, preferred_language="sv")
    return user


def test_a_cancelled_event_is_cancelled_everywhere_and_its_translators_are_told(
    homes, translator, client, django_capture_on_commit_callbacks
):
    index = EventIndexPageFactory(parent=homes["fi"])
    event = EventPageFactory(parent=index, title="Webinaari")
    in_language(index, "sv")
    swedish = in_language(event, "sv", title="Webbinarium")
    event = EventPage.objects.get(pk=event.pk)
    event.status, event.status_note = "cancelled", "Puhuja on sairastunut."
    with django_capture_on_commit_callbacks(execute=True):
        event.save_revision().publish()
    assert EventPage.objects.get(pk=swedish.pk).status == "cancelled"
    public = client.get(swedish.get_url()).content.decode()
    assert "Inställt" in public
    assert "Puhuja on sairastunut." not in public
    (notice,) = TranslationNotification.objects.all()
    assert notice.user == translator
    with override("sv"):
        assert str(STATUS_MESSAGES["cancelled"]) in notice.body
    assert f"/admin/pages/{swedish.pk}/edit/" in notice.body
    with django_capture_on_commit_callbacks(execute=True):
        event.save_revision().publish()
    assert TranslationNotification.objects.count() == 1


def test_the_translators_of_a_moved_event_are_told_once_and_of_a_past_one_not_at_all(
    homes, translator, django_capture_on_commit_callbacks
):
    index = EventIndexPageFactory(parent=homes["fi"])
    event = EventPageFactory(parent=index, title="Webinaari")
    in_language(index, "sv")
    in_language(event, "sv", title="Webbinarium")
    event = EventPage.objects.get(pk=event.pk)
    for change in (timedelta(hours=2), timedelta()):
        event.starts_at += change
        event.ends_at += change
        with django_capture_on_commit_callbacks(execute=True):
            publish(event)
    (notice,) = TranslationNotification.objects.all()
    with override("sv"):
        assert str(RESCHEDULED) in notice.body
    event.starts_at -= timedelta(days=50_000)
    event.ends_at -= timedelta(days=50_000)
    with django_capture_on_commit_callbacks(execute=True):
        publish(event)
    assert TranslationNotification.objects.count() == 1


def test_the_desk_follows_the_original_and_no_translation(db):
    event = event_with_desk(capacity=5)
    swedish = in_three_languages(event)["sv"]
    swedish.capacity = 99
    publish(swedish)
    assert desk_of(event).capacity == 5
    event.capacity, event.status = 7, "cancelled"
    publish(event)
    desk = desk_of(event)
    assert (desk.capacity, desk.status, desk.original_language) == (7, "cancelled", "fi")
    assert set(EventPage.objects.filter(translation_key=event.translation_key).values_list("capacity", "status")) == {
        (7, "cancelled")
    }


def test_the_desk_follows_the_version_that_was_made_the_original(db, django_capture_on_commit_callbacks):
    event = event_with_desk(capacity=5)
    swedish = in_three_languages(event)["sv"]
    with django_capture_on_commit_callbacks(execute=True):
        make_original(swedish)
    assert desk_of(event).original_language == "sv"
    swedish = EventPage.objects.get(pk=swedish.pk)
    swedish.capacity = 8
    publish(swedish)
    finnish = EventPage.objects.get(pk=event.pk)
    assert (desk_of(event).capacity, finnish.capacity) == (8, 8)
    finnish.capacity = 3
    publish(finnish)
    assert (desk_of(event).capacity, EventPage.objects.get(pk=swedish.pk).capacity) == (8, 8)
