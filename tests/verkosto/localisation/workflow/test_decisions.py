"""What a moderator answers from the string editor, and what becomes of the page."""

import re

import pytest
from django.urls import reverse
from wagtail.models import TaskState

from tests.verkosto.localisation.conftest import translate_strings
from tests.verkosto.localisation.editing import save_text
from tests.verkosto.localisation.testapp.models import TalkPage
from verkosto.localisation.models import TranslationState
from verkosto.localisation.states.recount import recount
from verkosto.localisation.workflow.approval import decisions, submit_for_approval


@pytest.fixture
def awaiting(talk, translation, workflow, locales, make_user, django_capture_on_commit_callbacks):
    """The Swedish page with new words, in moderation."""
    with django_capture_on_commit_callbacks(execute=True):
        talk.intro = "Uusi johdanto"
        talk.save_revision().publish()
        translate_strings(translation.source, locales["sv"])
    with django_capture_on_commit_callbacks(execute=True):
        submit_for_approval(translation=translation, by=make_user("sv", "change_page"))
    return TalkPage.objects.get(locale=locales["sv"], translation_key=talk.translation_key)


def state(page):
    recount()
    return TranslationState.objects.get(translation_key=page.translation_key, locale=page.locale).state


def answer(client, page, action, capture, comment=""):
    """Presses the button of this action in the string editor, as the signed-in user sees it."""
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    buttons = re.findall(r'formaction="([^"]+/workflow/action/[^"]+)"', client.get(edit).content.decode())
    (url,) = [button for button in buttons if f"/{action}/" in button]
    with capture(execute=True):
        return client.post(url, {"comment": comment, "next": edit})


def test_the_moderator_is_offered_both_answers_and_the_translator_none(awaiting, admin_user, make_user):
    assert [(one.url.split("/")[-3], one.is_approval) for one in decisions(awaiting, admin_user)] == [
        ("approve", True),
        ("reject", False),
    ]
    assert decisions(awaiting, make_user("sv", "change_page", "publish_page")) == []


def test_approved_is_live(client, awaiting, admin_user, django_capture_on_commit_callbacks):
    client.force_login(admin_user)
    answer(client, awaiting, "approve", django_capture_on_commit_callbacks)
    page = TalkPage.objects.get(pk=awaiting.pk)
    assert (page.intro, page.live, state(page)) == ("sv Uusi johdanto", True, "up_to_date")
    assert decisions(page, admin_user) == []


def test_rejected_goes_back_with_the_comment_and_is_submitted_again(
    client, awaiting, translation, admin_user, django_capture_on_commit_callbacks
):
    client.force_login(admin_user)
    answer(client, awaiting, "reject", django_capture_on_commit_callbacks, comment="”Inledning” räcker.")
    page = TalkPage.objects.get(pk=awaiting.pk)
    assert (page.intro, state(page)) == ("sv Johdanto", "ready")
    assert list(TaskState.objects.values_list("status", "comment")) == [("rejected", "”Inledning” räcker.")]

    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    html = client.get(edit).content.decode()
    assert "”Inledning” räcker." in html
    segment = translation.source.stringsegment_set.get(string__data="Uusi johdanto")
    with django_capture_on_commit_callbacks(execute=True):
        save_text(client, translation, segment, "Inledning")
        client.post(edit, {"action": "submit"})
    assert state(page) == "in_moderation"
    answer(client, page, "approve", django_capture_on_commit_callbacks)
    assert (TalkPage.objects.get(pk=page.pk).intro, state(page)) == ("Inledning", "up_to_date")
