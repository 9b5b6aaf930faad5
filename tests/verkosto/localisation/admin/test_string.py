"""One string: comments and questions, the author's instructions, and its history."""

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse
from wagtail.models import Collection, GroupCollectionPermission
from wagtail_localize.models import StringTranslation

from tests.verkosto.localisation.editing import save_text
from tests.verkosto.localisation.testapp.models import TalkPage
from verkosto.localisation.models import (
    NotificationPreference,
    StringComment,
    StringInstruction,
    StringVersion,
    TranslationNotification,
)


@pytest.fixture
def segment(translation):
    return translation.source.stringsegment_set.select_related("string", "context").get(string__data="Kahvi")


@pytest.fixture
def address(translation, segment):
    return reverse("verkosto_localisation:string", args=[translation.pk, segment.string_id, segment.context_id])


@pytest.fixture
def translator(make_user, swedish):
    user = make_user("sv", "change_page")
    user.email = "sv@example.fi"
    user.save()
    return user


@pytest.fixture
def author(make_user, talk):
    """Who published the Finnish original last."""
    user = make_user("fi", "change_page", "publish_page")
    user.email = "fi@example.fi"
    user.save()
    TalkPage.objects.get(pk=talk.pk).save_revision(user=user).publish()
    return user


def mails():
    return list(TranslationNotification.objects.order_by("pk").values_list("user__email", "subject"))


def test_a_question_goes_to_the_author_and_the_answer_back(client, translator, author, address, talk):
    client.force_login(translator)
    asked = {"action": "question", "text": "Juodaanko kahvia vai onko se tauko?"}
    assert "Laatija saa siitä ilmoituksen." in client.post(address, asked, follow=True).content.decode()
    assert mails() == [("fi@example.fi", "Kysymys tekstistä (ruotsi): Puhe")]
    body = TranslationNotification.objects.get().body
    assert body.startswith("Kahvi\n\nJuodaanko kahvia vai onko se tauko?\n\n")
    assert body.endswith(address)
    for user in (translator, author):
        client.force_login(user)
        html = client.get(reverse("verkosto_localisation:dashboard")).content.decode()
        assert "Avoimet kysymykset (1)" in html
        html = client.get(reverse("verkosto_localisation:questions")).content.decode()
        assert f'<a href="{address}">Juodaanko kahvia' in html
    client.post(address, {"action": "answer", "text": "Tauko."})
    assert mails()[1:] == [("sv@example.fi", "Vastaus kysymykseesi tekstistä (ruotsi): Puhe")]
    question, answer = StringComment.objects.all()
    assert (question.is_question, question.answered_at is not None, question.by) == (True, True, translator)
    assert (answer.is_question, answer.text, answer.by) == (False, "Tauko.", author)
    html = client.get(reverse("verkosto_localisation:questions")).content.decode()
    assert "Ei avoimia kysymyksiä." in html


def test_who_wants_no_such_mails_gets_none(client, translator, author, address):
    NotificationPreference.objects.create(user=author, comments=False)
    client.force_login(translator)
    html = client.post(address, {"action": "question", "text": "Mitä?"}, follow=True).content.decode()
    assert "kenellekään laatijalle ei voi ilmoittaa siitä sähköpostitse" in html
    assert mails() == []
    assert StringComment.objects.open_questions().count() == 1


def test_an_empty_comment_is_refused_with_what_to_do(client, translator, address):
    client.force_login(translator)
    html = client.post(address, {"action": "comment", "text": " "}).content.decode()
    assert "Kirjoita kommentti." in html
    assert not StringComment.objects.exists()


def test_translators_neither_answer_nor_instruct_and_strangers_see_nothing(client, translator, make_user, address):
    client.force_login(translator)
    for action in ("answer", "instruct"):
        client.post(address, {"action": action, "text": "x", "explanation": "x"})
    assert not StringComment.objects.exists()
    assert not StringInstruction.objects.exists()
    stranger = make_user("en")
    client.force_login(stranger)
    response = client.get(address)
    assert (response.status_code, "Kahvi" in response.content.decode()) == (302, False)
    client.post(address, {"action": "comment", "text": "x"})
    assert not StringComment.objects.exists()


def test_questions_of_a_page_of_others_are_not_listed(client, translator, author, address, make_user, locales):
    client.force_login(translator)
    client.post(address, {"action": "question", "text": "Salainen kysymys"})
    stranger = make_user("en", "change_page")
    stranger.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(stranger)
    assert "Salainen" not in client.get(reverse("verkosto_localisation:questions")).content.decode()


def test_the_author_explains_and_limits_the_length(client, translator, author, address, translation, segment, swedish):
    client.force_login(author)
    client.post(address, {"action": "instruct", "explanation": "Tauon nimi", "max_length": "5"})
    row = StringInstruction.objects.get()
    assert (row.explanation, row.max_length, row.do_not_translate, row.by) == ("Tauon nimi", 5, False, author)
    client.force_login(translator)
    html = save_text(client, translation, segment, "Kaffepaus", follow=True).content.decode()
    assert "Tauon nimi" in html
    assert "Enintään 5 merkkiä" in html
    assert '<q lang="sv">9 &gt; 5</q>' in html


def test_an_author_shows_where_a_text_is(client, translator, author, address, segment, swedish, files, commit):
    """The picture is one that the author may choose; the translator sees it next to the text."""
    client.force_login(author)
    data = {"action": "instruct", "explanation": "", "max_length": "", "screenshot": files["images"][0]}
    html = client.post(address, data).content.decode()
    assert "Et voi valita tätä kuvaa." in html
    permission = GroupCollectionPermission.objects.create(
        group=author.groups.get(),
        collection=Collection.get_first_root_node(),
        permission=Permission.objects.get(codename="choose_image"),
    )
    client.post(address, data)
    assert StringInstruction.objects.get().screenshot_id == files["images"][0]
    permission.delete()
    client.post(address, {**data, "explanation": "Painike"})  # it was chosen before
    assert StringInstruction.objects.get().explanation == "Painike"
    html = client.get(address).content.decode()
    assert html.count('class="localisation-screenshot"') == 1
    client.force_login(translator)
    row = client.get(reverse("wagtailadmin_pages:edit", args=[swedish.pk])).content.decode()
    row = row.split(f'id="string-{segment.string_id}-{segment.context_id}"')[1].split("</li>")[0]
    picture = StringInstruction.objects.get().screenshot.get_rendition("max-1000x1000")
    assert f'<img src="{picture.url}"' in row


def test_a_string_that_is_not_translated_stays_as_it_is(
    client, author, address, translation, segment, swedish, commit
):
    StringTranslation.objects.filter(translation_of=segment.string, context=segment.context).delete()
    client.force_login(author)
    with commit():
        client.post(address, {"action": "instruct", "explanation": "", "do_not_translate": "on"})
    stored = StringTranslation.objects.get(translation_of=segment.string, context=segment.context)
    assert (stored.data, stored.translation_type, stored.locale) == ("Kahvi", "manual", swedish.locale)


def test_the_history_keeps_each_text_and_restores_one(client, translator, address, translation, segment, locales):
    client.force_login(translator)
    StringVersion.objects.all().delete()
    for text in ("Kaffe", "Kaffe", "Kaffepaus"):
        save_text(client, translation, segment, text)
    versions = StringVersion.objects.filter(string=segment.string)
    rows = [(row.text, row.is_reviewed, row.by, row.words) for row in versions]
    assert rows == [("Kaffepaus", True, translator, 0), ("Kaffe", True, translator, 1)]
    client.post(address, {"action": "restore", "version": versions.last().pk})
    assert StringTranslation.objects.get(translation_of=segment.string, context=segment.context).data == "Kaffe"
    assert [row.text for row in versions.all()] == ["Kaffe", "Kaffepaus", "Kaffe"]
    html = client.get(address).content.decode()
    assert html.count('name="action" value="restore"') == 2


def test_a_string_that_is_gone_leads_back_to_the_editor(client, translator, translation, swedish):
    client.force_login(translator)
    response = client.get(reverse("verkosto_localisation:string", args=[translation.pk, 0, 0]))
    assert response["Location"] == reverse("wagtailadmin_pages:edit", args=[swedish.pk])
