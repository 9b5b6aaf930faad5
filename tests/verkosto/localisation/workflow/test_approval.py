import pytest
from django.urls import reverse
from wagtail_localize.models import StringTranslation

from tests.verkosto.localisation.conftest import translate_strings
from tests.verkosto.localisation.editing import save_text
from tests.verkosto.localisation.testapp.models import TalkPage
from verkosto.localisation.models import TranslationState
from verkosto.localisation.states.recount import recount
from verkosto.localisation.workflow.approval import MissingStrings, NoWorkflow, missing_strings, submit_for_approval


@pytest.fixture
def outdated(talk, translation):
    talk.intro = "Uusi johdanto"
    talk.save_revision().publish()
    return translation


def state(talk, locales):
    recount()
    return TranslationState.objects.get(translation_key=talk.translation_key, locale=locales["sv"]).state


def test_publishing_with_missing_strings_is_refused_with_the_list(client, admin_user, outdated, swedish):
    client.force_login(admin_user)
    response = client.post(reverse("wagtailadmin_pages:edit", args=[swedish.pk]), {"action": "publish"}, follow=True)
    assert "<li>Uusi johdanto</li>" in response.content.decode()
    assert TalkPage.objects.get(pk=swedish.pk).intro == "sv Johdanto"


def test_submitting_with_missing_strings_is_refused(outdated, admin_user, workflow):
    with pytest.raises(MissingStrings) as refusal:
        submit_for_approval(translation=outdated, by=admin_user)
    assert refusal.value.strings == ["Uusi johdanto"]


def test_without_a_workflow_nothing_is_submitted(translation, admin_user):
    from wagtail.models import Workflow

    Workflow.objects.all().delete()
    with pytest.raises(NoWorkflow):
        submit_for_approval(translation=translation, by=admin_user)


def test_the_live_page_is_untouched_until_approved(outdated, swedish, talk, make_user, admin_user, workflow, locales):
    translate_strings(outdated.source, locales["sv"])
    submit_for_approval(translation=outdated, by=make_user("sv", "change_page"))
    page = TalkPage.objects.get(pk=swedish.pk)
    assert (page.intro, state(talk, locales)) == ("sv Johdanto", "in_moderation")
    talk.capacity = 44
    talk.save_revision().publish()
    task_state = page.current_workflow_task_state
    task_state.approve(user=admin_user)
    page = TalkPage.objects.get(pk=swedish.pk)
    assert (page.intro, page.capacity, page.live) == ("sv Uusi johdanto", 44, True)
    assert list(page.items.values_list("title", flat=True)) == ["sv Avaus", "sv Kahvi"]
    assert state(talk, locales) == "up_to_date"


def test_strings_rest_while_somebody_judges_them(client, outdated, swedish, admin_user, workflow, locales):
    translate_strings(outdated.source, locales["sv"])
    submit_for_approval(translation=outdated, by=admin_user)
    client.force_login(admin_user)
    segment = outdated.source.stringsegment_set.first()
    html = save_text(client, outdated, segment, "ändrad").content.decode()
    assert "ändrad" in html  # nothing typed is lost
    assert not StringTranslation.objects.filter(data="ändrad").exists()
    response = client.post(reverse("wagtailadmin_pages:edit", args=[swedish.pk]), {"action": "publish"})
    assert response.status_code == 302
    assert TalkPage.objects.get(pk=swedish.pk).intro == "sv Johdanto"


def test_the_editor_shows_old_and_new_source_and_the_old_translation(client, make_user, outdated, swedish, workflow):
    client.force_login(make_user("sv", "change_page"))
    html = client.get(reverse("wagtailadmin_pages:edit", args=[swedish.pk])).content.decode()
    assert "<del" in html
    assert "<ins" in html
    assert "sv Johdanto" in html
    assert 'value="submit"' in html
    html = client.get(reverse("wagtailadmin_pages:edit", args=[swedish.pk]), {"fields": "1"}).content.decode()
    assert "localisation-translator" in html


def test_a_string_is_saved_without_javascript(client, make_user, outdated, swedish):
    client.force_login(make_user("sv", "change_page"))
    segment = outdated.source.stringsegment_set.get(string__data="Uusi johdanto")
    save_text(client, outdated, segment, "Ny inledning")
    assert missing_strings(outdated) == []
    assert StringTranslation.objects.get(data="Ny inledning").translation_type == "manual"


@pytest.mark.parametrize("name", ["local_overrides", "compare"])
def test_the_other_views_open(name, client, make_user, translation):
    client.force_login(make_user("sv", "change_page"))
    answer = client.get(reverse(f"verkosto_localisation:{name}", args=[translation.pk]))
    assert (answer.status_code, "sv Puhe" in answer.content.decode()) == (200, True)
