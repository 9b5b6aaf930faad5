import pytest
from django.core.exceptions import ValidationError
from wagtail_localize.models import Translation

from tests.verkosto.localisation.testapp.models import TalkPage
from verkosto.localisation.overrides.local_overrides import create_override, overridden_paths_of, remove_override


def fresh(page):
    return TalkPage.objects.get(pk=page.pk)


def test_a_detached_list_survives_projection_and_sync(talk, swedish, django_capture_on_commit_callbacks):
    swedish.contacts = [("mailbox", "sv@example.org")]
    create_override(swedish, "contacts")
    talk.contacts = [("mailbox", "uusi@example.org")]
    talk.save_revision().publish()
    with django_capture_on_commit_callbacks(execute=True):
        Translation.objects.get(target_locale=swedish.locale, source__object_id=talk.translation_key).save_target()
    assert [block.value for block in fresh(swedish).contacts] == ["sv@example.org"]
    assert overridden_paths_of(swedish) == {"contacts"}


def test_a_detached_block_survives_sync_among_blocks_that_follow(talk, swedish, django_capture_on_commit_callbacks):
    heading = swedish.body[1]
    swedish.body[1].value = "Egen rubrik"
    create_override(swedish, f"body.{heading.id}")
    with django_capture_on_commit_callbacks(execute=True):
        Translation.objects.get(target_locale=swedish.locale, source__object_id=talk.translation_key).save_target()
    assert [str(block.value) for block in fresh(swedish).body] == ["<p>sv Ensimmäinen</p>", "Egen rubrik"]


def test_reattaching_lets_the_part_follow_again(talk, swedish):
    create_override(swedish, "contacts")
    remove_override(swedish, "contacts")
    talk.contacts = [("mailbox", "uusi@example.org")]
    talk.save_revision().publish()
    assert [block.value for block in fresh(swedish).contacts] == ["uusi@example.org"]


@pytest.mark.parametrize("path", ["capacity", "starts_at", "hall", "items", "talk_links", "body.no-such-block"])
def test_what_makes_no_sense_cannot_be_detached(talk, swedish, path):
    with pytest.raises(ValidationError):
        create_override(swedish, path)


def test_the_original_has_nothing_to_detach_from(talk):
    with pytest.raises(ValidationError):
        create_override(talk, "contacts")


def test_a_version_edited_by_hand_that_differs_is_marked_so(talk, locales, home):
    page = talk.copy_for_translation(locales["sv"], copy_parents=True)
    page.contacts = [("mailbox", "sv@example.org")]
    page.capacity = 99
    page.save_revision().publish()
    talk.capacity = 12
    talk.contacts = [("mailbox", "uusi@example.org")]
    talk.save_revision().publish()
    target = fresh(page)
    assert ([block.value for block in target.contacts], target.capacity) == (["sv@example.org"], 12)
    assert overridden_paths_of(page) == {"contacts"}
