from datetime import timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from tests.verkosto.localisation.conftest import translated
from tests.verkosto.localisation.testapp.models import TalkPage
from verkosto.core.originals import is_original
from verkosto.localisation.models import TranslationState
from verkosto.localisation.sync import cascades


def bulk(action, page):
    return f"{reverse('wagtail_bulk_action', args=['wagtailcore', 'page', action])}?id={page.pk}&next=/admin/"


def fresh(page):
    return TalkPage.objects.get(pk=page.pk)


def test_unpublishing_the_original_unpublishes_its_translations(talk, swedish):
    talk.unpublish()
    assert not fresh(swedish).live


def test_unpublishing_a_translation_leaves_the_original(talk, swedish):
    swedish.unpublish()
    assert fresh(talk).live


def test_an_expired_original_takes_its_translations_with_it(talk, swedish):
    TalkPage.objects.filter(pk=talk.pk).update(expire_at=timezone.now() - timedelta(minutes=1))
    call_command("publish_scheduled")
    assert (fresh(talk).expired, fresh(swedish).live, fresh(swedish).expired) == (True, False, True)


def test_moving_and_deleting_the_original_in_the_admin(client, admin_user, talk, swedish, home, locales):
    client.force_login(admin_user)
    place = TalkPage(title="Paikka", slug="paikka", locale=home.locale)
    TalkPage.objects.get(pk=home.pk).add_child(instance=place)
    place.copy_for_translation(locales["sv"])
    client.post(reverse("wagtailadmin_pages:move_confirm", args=[talk.pk, place.pk]))
    assert fresh(swedish).get_parent().translation_key == place.translation_key
    client.post(reverse("wagtailadmin_pages:delete", args=[talk.pk]))
    assert not TalkPage.objects.filter(translation_key=talk.translation_key).exists()


@pytest.mark.parametrize("way", ["view", "bulk", "api"])
def test_translations_move_with_the_original_in_every_way(way, client, make_user, talk, swedish, home, locales):
    """Also of one who has no rights to their trees."""
    place = TalkPage(title="Paikka", slug="paikka", locale=home.locale)
    TalkPage.objects.get(pk=home.pk).add_child(instance=place)
    place.copy_for_translation(locales["sv"])
    client.force_login(make_user("fi", "add_page", "change_page", "publish_page"))
    if way == "view":
        client.post(reverse("wagtailadmin_pages:move_confirm", args=[talk.pk, place.pk]))
    elif way == "bulk":
        client.post(bulk("move", talk), {"chooser": place.pk})
    else:
        url = reverse("wagtailadmin_api:pages:action", args=[talk.pk, "move"])
        response = client.post(url, {"destination_page_id": place.pk, "position": "last-child"})
        assert response.status_code == 200, response.content
    for page in (talk, swedish):
        assert fresh(page).get_parent().translation_key == place.translation_key
    assert Page.find_problems() == ([], [], [], [], [])


def test_deleting_from_the_explorer_takes_the_translations_along(client, admin_user, talk, swedish):
    client.force_login(admin_user)
    client.post(bulk("delete", talk))
    assert not TalkPage.objects.filter(translation_key=talk.translation_key).exists()


def test_deleting_a_translation_leaves_the_original(client, admin_user, talk, swedish):
    client.force_login(admin_user)
    client.post(bulk("delete", swedish))
    assert [page.pk for page in TalkPage.objects.filter(translation_key=talk.translation_key)] == [talk.pk]


def test_a_version_whose_original_is_lost_becomes_the_original(talk, swedish, django_capture_on_commit_callbacks):
    """By a script, say: it would be on nobody's desk."""
    with django_capture_on_commit_callbacks(execute=True):
        fresh(talk).delete()
    assert is_original(fresh(swedish))
    assert (
        TranslationState.objects.get(translation_key=swedish.translation_key, locale=swedish.locale).state
        == "original"
    )


def test_a_translation_waits_for_its_scheduled_original(
    client, admin_user, talk, locales, django_capture_on_commit_callbacks
):
    talk.unpublish()
    page = fresh(talk)
    page.go_live_at = timezone.now() + timedelta(days=1)
    page.save_revision().publish()
    target = translated(page, locales["sv"], django_capture_on_commit_callbacks, publish=False)
    client.force_login(admin_user)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("wagtailadmin_pages:edit", args=[target.pk]), {"action": "publish"})
    assert not fresh(target).live
    later = timezone.now() - timedelta(minutes=1)
    for one in (page, target):
        fresh(one).revisions.filter(approved_go_live_at__isnull=False).update(approved_go_live_at=later)
        for revision in fresh(one).revisions.all():
            revision.content["go_live_at"] = later.isoformat()
            revision.save()
    call_command("publish_scheduled")
    assert (fresh(page).live, fresh(target).live) == (True, True)


def test_a_new_date_of_the_original_moves_its_waiting_translation(
    client, admin_user, talk, locales, django_capture_on_commit_callbacks
):
    talk.unpublish()
    page = fresh(talk)
    page.go_live_at = timezone.now() + timedelta(days=1)
    page.save_revision().publish()
    target = translated(page, locales["sv"], django_capture_on_commit_callbacks, publish=False)
    client.force_login(admin_user)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("wagtailadmin_pages:edit", args=[target.pk]), {"action": "publish"})
    page = fresh(talk)
    page.go_live_at = timezone.now() + timedelta(days=8)
    page.save_revision().publish()
    cascades.reschedule_translations(fresh(talk))
    waiting = fresh(target).revisions.get(approved_go_live_at__isnull=False)
    assert waiting.approved_go_live_at == page.go_live_at
    assert fresh(target).go_live_at == page.go_live_at
