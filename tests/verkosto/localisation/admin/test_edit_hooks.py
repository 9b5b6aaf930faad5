"""What the editor of strings answers to its buttons."""

from datetime import timedelta

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils import timezone
from wagtail_localize.models import StringTranslation

from tests.verkosto.localisation.conftest import translated
from tests.verkosto.localisation.testapp.models import TalkPage


@pytest.fixture
def press(client, admin_user, commit):
    """press(page, "submit"): the texts of the messages after a button."""
    client.force_login(admin_user)

    def post(page, action):
        with commit():
            answer = client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), {"action": action})
        assert answer.status_code == 302
        return [str(message) for message in get_messages(answer.wsgi_request)]

    return post


@pytest.fixture
def scheduled(talk, locales, django_capture_on_commit_callbacks):
    """The translation of a talk that goes live tomorrow."""
    talk.unpublish()
    page = TalkPage.objects.get(pk=talk.pk)
    page.go_live_at = timezone.now() + timedelta(days=1)
    page.save_revision().publish()
    return translated(page, locales["sv"], django_capture_on_commit_callbacks, publish=False)


def too_long(page):
    """Stores a translation of the title past every check."""
    texts = StringTranslation.objects.filter(locale=page.locale, translation_of__data="Puhe", context__path="title")
    assert texts.update(data="x" * 400) == 1


def test_a_text_that_is_refused_on_submit_is_named_once_by_its_field(press, swedish, workflow):
    """Finding: it said twice “at most 255” and named no field."""
    too_long(swedish)
    (text,) = press(swedish, "submit")
    assert (text.count("255"), text.startswith("Otsikko: ")) == (1, True)
    assert TalkPage.objects.get(pk=swedish.pk).workflow_states.count() == 0


def test_a_translation_that_waits_for_its_original_is_called_scheduled_with_its_date(press, scheduled, client):
    """Finding: it said “Published” though it was scheduled."""
    (text,) = press(scheduled, "publish")
    assert text.startswith("Ajastettu: käännös julkaistaan alkuperäisen kanssa ")
    page = TalkPage.objects.get(pk=scheduled.pk)
    assert (page.live, page.approved_schedule, page.status_string) == (False, True, "ajoitettu")
