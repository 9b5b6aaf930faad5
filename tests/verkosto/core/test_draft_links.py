"""Drafts shared by link: without an account, for a limited time, until withdrawn, and only by those who may edit."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core import signing
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageLogEntry

from home.models import HomePage, StandardPage
from tests.factories import StandardPageFactory
from tests.factories.registrations import event_with_desk
from verkosto.core import draft_links
from verkosto.core.draft_links import DraftLink

pytestmark = pytest.mark.django_db


@pytest.fixture
def drafted(homes: dict[str, HomePage]) -> StandardPage:
    """A published Swedish page with a newer draft."""
    page = StandardPageFactory(parent=homes["sv"], title="Publicerad", slug="publicerad")
    page.title = "Nytt utkast"
    page.save_revision()
    return page


def shared(page: StandardPage, user: User, days: int = 14) -> DraftLink:
    return draft_links.share(page, days=days, user=user)


def test_visitor_with_the_link_sees_the_draft_and_nobody_stores_it(
    drafted: StandardPage, admin_user: User, client: Client
) -> None:
    path = shared(drafted, admin_user).path
    live = client.get(drafted.url)  # the cache of public pages has the address of the page now

    draft = client.get(path)
    html = draft.content.decode()

    assert (draft.status_code, "<title>Nytt utkast" in html, 'lang="sv"' in html) == (200, True, True)
    assert "Det här är ett utkast som har delats med dig." in html
    names = ("X-Robots-Tag", "Cache-Control", "Referrer-Policy")
    assert [draft[name] for name in names] == ["noindex, nofollow", "private, no-store", "no-referrer"]
    again = client.get(drafted.url).content.decode()
    assert ("Publicerad" in live.content.decode(), "Nytt utkast" in again) == (True, False)
    assert client.post(path).status_code == 405


def test_link_that_expired_was_withdrawn_or_forged_shows_nothing(
    drafted: StandardPage, admin_user: User, client: Client
) -> None:
    expired, withdrawn, valid = (shared(drafted, admin_user) for _ in range(3))
    DraftLink.objects.filter(pk=expired.pk).update(expires_at=timezone.now() - timedelta(seconds=1))
    withdrawn_path = withdrawn.path
    draft_links.withdraw(withdrawn, user=admin_user)
    forged = reverse("shared_draft", args=[signing.Signer(salt="another").sign(str(valid.pk))])

    for path in (expired.path, withdrawn_path, forged, valid.path[:-3] + "/"):
        answer = client.get(path)
        assert (answer.status_code, "Nytt utkast" in answer.content.decode()) == (404, False)
        assert answer["X-Robots-Tag"] == "noindex, nofollow"
    assert client.get(valid.path).status_code == 200


def test_editor_makes_and_withdraws_a_link_and_the_history_says_so(
    drafted: StandardPage, admin_client: Client
) -> None:
    url = reverse("draft_links", args=[drafted.pk])
    assert url in admin_client.get(reverse("wagtailadmin_pages:edit", args=[drafted.pk])).content.decode()

    refused = admin_client.post(url, {"days": "91"})
    made = admin_client.post(url, {"days": "7"}, follow=True).content.decode()
    link = DraftLink.objects.get()

    assert refused.context["form"].errors.keys() == {"days"}
    assert f'value="http://testserver{link.path}"' in made
    assert timedelta(days=6, hours=23) < link.expires_at - timezone.now() <= timedelta(days=7)
    admin_client.post(url, {"withdraw": "x"})
    assert DraftLink.objects.exists()
    admin_client.post(url, {"withdraw": str(link.pk)})
    actions = PageLogEntry.objects.filter(page=drafted.pk, action__startswith="verkosto.draft_link")
    assert (DraftLink.objects.exists(), sorted(actions.values_list("action", flat=True))) == (
        False,
        ["verkosto.draft_link.create", "verkosto.draft_link.withdraw"],
    )


def test_link_of_another_page_cannot_be_withdrawn(
    drafted: StandardPage, homes: dict[str, HomePage], admin_user: User, admin_client: Client
) -> None:
    link = shared(drafted, admin_user)
    admin_client.post(reverse("draft_links", args=[homes["fi"].pk]), {"withdraw": str(link.pk)})
    assert DraftLink.objects.filter(pk=link.pk).exists()


def test_expired_links_of_a_page_are_deleted_with_the_next(drafted: StandardPage, admin_user: User) -> None:
    old: Any = shared(drafted, admin_user)
    DraftLink.objects.filter(pk=old.pk).update(expires_at=timezone.now())
    new = shared(drafted, admin_user)
    assert list(DraftLink.objects.all()) == [new]


def test_only_who_may_edit_the_page_sees_its_links(drafted: StandardPage, client: Client) -> None:
    user = User.objects.create_user("reader")
    client.force_login(user)
    answer = client.get(reverse("draft_links", args=[drafted.pk]))
    assert (answer.status_code, DraftLink.objects.count()) == (302, 0)


def test_draft_with_a_registration_shows_its_form(admin_user: User, client: Client) -> None:
    event = event_with_desk(price="120 € + alv")
    html = client.get(draft_links.share(event, days=1, user=admin_user).path).content.decode()
    assert [text in html for text in ("Tämä on luonnos, joka on jaettu sinulle.", "120 € + alv", 'id="register"')] == [
        True
    ] * 3
