"""The pages that are ticked in Wagtail's explorer, submitted for translation."""

import pytest
from django.urls import reverse
from wagtail.models import Page

from tests.verkosto.localisation.testapp.models import TalkPage
from verkosto.localisation.models import BulkSubmission
from verkosto.localisation.workflow import bulk_submission


@pytest.fixture
def branch(home):
    """home → a → b, and c beside a."""
    pages = {letter: TalkPage(title=letter, slug=letter, locale=home.locale) for letter in "abc"}
    for letter, parent in (("a", home.pk), ("b", None), ("c", home.pk)):
        Page.objects.get(pk=parent or pages["a"].pk).add_child(instance=pages[letter])
    return pages


def url(*pages):
    ids = "&".join(f"id={page.pk}" for page in pages)
    return f"{reverse('wagtail_bulk_action', args=['wagtailcore', 'page', 'submit_translation'])}?{ids}&next=/admin/"


def outcomes():
    return {item.page.title: item.outcome for item in BulkSubmission.objects.get().items.select_related("page")}


@pytest.mark.parametrize(
    ("ticked", "below", "expected"),
    [
        ("a", False, {"a": "submitted"}),
        ("a", True, {"a": "submitted", "b": "submitted"}),
        ("ac", True, {"a": "submitted", "b": "submitted", "c": "submitted"}),
    ],
)
def test_what_is_ticked_becomes_a_job(
    ticked, below, expected, branch, client, admin_user, locales, django_capture_on_commit_callbacks
):
    client.force_login(admin_user)
    pages = [branch[letter] for letter in ticked]
    shown = client.get(url(*pages)).content.decode()
    assert all(f"/admin/pages/{page.pk}/edit/" in shown for page in pages)
    data = {"locales": [locales["sv"].pk], **({"include_descendants": "on"} if below else {})}
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(url(*pages), data)
    assert response["Location"] == reverse(
        "verkosto_localisation:bulk_submission", args=[BulkSubmission.objects.get().pk]
    )
    assert outcomes() == expected
    made = TalkPage.objects.filter(locale=locales["sv"], title__in="abc")
    assert sorted(made.values_list("title", flat=True)) == sorted(expected)
    progress = client.get(response["Location"])
    assert f'value="{len(expected)}" max="{len(expected)}"' in progress.content.decode()
    assert "Refresh" not in progress


def test_a_translation_is_left_out(talk, swedish, branch, client, admin_user, locales):
    client.force_login(admin_user)
    shown = client.get(url(swedish, branch["c"])).content.decode()
    assert f"/admin/pages/{swedish.pk}/edit/" not in shown
    client.post(url(swedish, branch["c"]), {"locales": [locales["en"].pk]})
    assert set(outcomes()) == {"c"}


def test_who_may_not_submit_starts_nothing(talk, branch, client, make_user, locales):
    client.force_login(make_user("fi", "change_page", "publish_page"))
    client.post(url(branch["a"]), {"locales": [locales["sv"].pk]})
    assert not BulkSubmission.objects.exists()


def test_no_language_is_no_job(branch, client, admin_user):
    client.force_login(admin_user)
    assert client.post(url(branch["a"]), {}).status_code == 200
    assert not BulkSubmission.objects.exists()


def test_a_job_that_stands_still_goes_on(
    branch, client, admin_user, make_user, locales, django_capture_on_commit_callbacks
):
    """Its worker died: nothing is done yet, and the page's button starts it again."""
    submission = BulkSubmission.objects.create(kind=bulk_submission.KIND, user=admin_user)
    submission.locales.set([locales["sv"]])
    submission.items.create(page=branch["c"])
    address = reverse("verkosto_localisation:bulk_submission", args=[submission.pk])
    client.force_login(make_user("fi", "change_page"))
    assert client.post(address)["Location"] == "/admin/"
    client.force_login(admin_user)
    assert client.get(address)["Refresh"] == "3"
    with django_capture_on_commit_callbacks(execute=True):
        client.post(address)
    assert outcomes() == {"c": "submitted"}
    assert "Refresh" not in client.get(address)
