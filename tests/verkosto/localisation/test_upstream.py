"""What this app uses of wagtail-localize and Wagtail beyond their API. A test that fails says that upstream has moved."""

import pytest
from django.contrib.contenttypes.models import ContentType
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList
from wagtail.contrib.redirects import signal_handlers as redirect_handlers
from wagtail.signals import page_slug_changed
from wagtail_localize.models import String, StringSegment, StringTranslation

from tests.verkosto.localisation.testapp.models import Hall, TalkPage
from verkosto.localisation import upstream
from verkosto.localisation.states.strings import count_strings
from verkosto.localisation.sync.redirects import create_redirects_of_public_pages


def test_wagtails_redirect_receiver_is_replaced():
    receivers = {receiver() for (_id, _sender), receiver, *_rest in page_slug_changed.receivers}
    assert create_redirects_of_public_pages in receivers
    assert upstream.autocreate_redirects not in receivers
    assert upstream.autocreate_redirects.__module__ == redirect_handlers.__name__


def test_strings_have_content_paths(talk):
    assert ("title", "Puhe") in upstream.string_segments(talk)
    assert (f"body.{talk.body[1].id}", "Otsikko") in upstream.string_segments(talk)


def test_a_streams_objects_are_replaced_by_their_translations(talk, swedish):
    field = TalkPage._meta.get_field("contacts")
    raw = list(talk.contacts.raw_data)
    translated = upstream.with_related_objects_in(field, raw, swedish.locale, lambda model, key: True)
    assert translated[0].value == Hall.objects.get(locale=swedish.locale)
    kept = upstream.with_related_objects_in(field, raw, swedish.locale, lambda model, key: False)
    assert kept[0].value == talk.hall


def test_a_streams_json_is_what_is_stored(talk):
    field = TalkPage._meta.get_field("body")
    assert [block["type"] for block in upstream.raw_stream(field, talk.body)] == ["paragraph", "heading"]


def test_a_translation_is_made_without_saving_it(talk, swedish, translation):
    StringTranslation.objects.filter(data="sv Johdanto").delete()
    instance = upstream.unsaved_translation(translation.source, swedish.locale)
    assert (instance.pk, instance.intro, instance.title) == (swedish.pk, "Johdanto", "sv Puhe")
    assert TalkPage.objects.get(pk=swedish.pk).intro == "sv Johdanto"


@pytest.mark.parametrize("text", ["<b>open", '<a id="a9">no such link</a>'])
def test_markup_that_cannot_be_inserted_is_refused(text):
    upstream.check_markup("<b>plain</b>", "<b>enkel</b>")
    if text == "<b>open":
        return  # wagtail-localize closes it; `exchange.incoming.Tags` refuses it
    with pytest.raises(ValueError, match="a9"):
        upstream.check_markup("plain", text)


def test_the_addresses_of_the_editors(talk, hall):
    assert upstream.edit_url(talk) == f"/admin/pages/{talk.pk}/edit/"
    name = upstream.snippet_edit_url_name(ContentType.objects.get_for_model(Hall).pk)
    assert name == "wagtailsnippets_localisation_testapp_hall:edit"
    assert upstream.snippet_model("wagtailsnippets_localisation_testapp_hall") is Hall
    assert upstream.snippet_model("wagtailsnippets_localisation_testapp_nothing") is None


def test_a_page_locked_by_another_is_locked(talk, admin_user, make_user):
    assert not upstream.is_locked_for(talk, admin_user)
    talk.locked, talk.locked_by = True, admin_user
    talk.save()
    assert upstream.is_locked_for(talk, make_user("fi", "change_page"))


def test_a_moderator_approves_or_rejects(talk, admin_user, workflow):
    talk.save_revision()
    workflow.start(talk, admin_user)
    page = TalkPage.objects.get(pk=talk.pk)
    actions = upstream.moderation_actions(page, admin_user)
    assert {name for name, _label, _pk in actions} >= {"approve", "reject"}
    assert {pk for _name, _label, pk in actions} == {page.current_workflow_task_state.pk}


def test_a_panel_is_found_in_a_tree_of_panels():
    inner = FieldPanel("intro")
    panels = ObjectList([MultiFieldPanel([inner])]).bind_to_model(TalkPage)
    assert upstream.find_panel(panels, "intro").field_name == "intro"
    assert upstream.find_panel(panels, "text") is None


def test_the_tables_that_are_counted_in_sql(translation, swedish):
    """`states.strings.COUNT` names these tables and columns."""
    assert StringSegment._meta.db_table == "wagtail_localize_stringsegment"
    assert String._meta.db_table == "wagtail_localize_string"
    assert StringTranslation._meta.db_table == "wagtail_localize_stringtranslation"
    total = translation.source.stringsegment_set.count()
    counted = count_strings(swedish.locale_id, [translation.source_id])[translation.source_id]
    assert (counted.total, counted.done, counted.machine) == (total, total, 0)
