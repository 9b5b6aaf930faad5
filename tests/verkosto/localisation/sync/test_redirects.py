"""Redirects from old addresses: of live pages, and of no others."""

from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Site
from wagtail_localize.models import Translation
from wagtail_localize.operations import translate_object

from tests.verkosto.localisation.conftest import translate_strings


def as_site_root(home):
    Site.objects.update(root_page=home)


def test_a_translations_first_publication_leaves_no_redirect(talk, home, locales, django_capture_on_commit_callbacks):
    as_site_root(home)
    with django_capture_on_commit_callbacks(execute=True):
        translate_object(home, [locales["sv"]])
        home.get_translation(locales["sv"]).save_revision().publish()
        translate_object(talk, [locales["sv"]])
        translation = Translation.objects.get(source__object_id=talk.translation_key, target_locale=locales["sv"])
        translate_strings(translation.source, locales["sv"])
        translation.save_target(publish=True)
    swedish = talk.get_translation(locales["sv"])
    assert swedish.live
    assert swedish.slug != talk.slug
    assert not Redirect.objects.exists()


def test_a_live_pages_new_slug_leaves_a_redirect(talk, home, django_capture_on_commit_callbacks):
    as_site_root(home)
    with django_capture_on_commit_callbacks(execute=True):
        talk.slug = "uusi"
        talk.save_revision().publish()
    assert [redirect.redirect_page_id for redirect in Redirect.objects.all()] == [talk.pk]


def test_a_page_that_was_once_public_leaves_a_redirect(talk, home, django_capture_on_commit_callbacks):
    as_site_root(home)
    talk.unpublish()
    with django_capture_on_commit_callbacks(execute=True):
        talk.slug = "uusi"
        talk.save_revision().publish()
    assert Redirect.objects.count() == 1
