"""The digest as people get it."""

from typing import Any

import pytest
from django.core import mail

from home.models import NewsPage
from tests.factories import NewsIndexPageFactory, NewsPageFactory, in_language
from tests.verkosto.subscriptions.conftest import NOW, changed, follower
from verkosto.core.followed_content import page_url
from verkosto.registrations.mail.delivery import deliver_due
from verkosto.registrations.models import Message
from verkosto.subscriptions.digests import write_digests
from verkosto.subscriptions.models import Follower
from verkosto.subscriptions.personal_links import unsubscribe_link

pytestmark = pytest.mark.django_db


@pytest.fixture
def news(homes: Any) -> NewsPage:
    return NewsPageFactory(parent=NewsIndexPageFactory(parent=homes["fi"]), title="Raportti julki")  # type: ignore[no-any-return]


@pytest.fixture
def written(network: Any, event: Any, news: Any, homes: Any) -> Follower:
    """Somebody to whom a digest has been written: of a changed event and of news."""
    changed(event, 2, is_new=False)
    changed(news, 1)
    person = follower("aino@example.fi", ("site", homes["fi"].translation_key))
    assert write_digests(NOW) == 1
    return person


def test_digest_has_everything_and_one_click_to_end_it(written: Follower, event: Any, news: Any) -> None:
    assert deliver_due() == 1
    (letter,) = mail.outbox
    assert letter.subject == "Uutta: Aamukahvit ja 1 muu"
    assert letter.extra_headers["List-Unsubscribe"] == f"<{unsubscribe_link(written)}>"
    assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    text = str(letter.body)
    when = "16.9.2126 klo 13.00–15.45"
    assert f"Muuttunut tapahtuma: Aamukahvit – ma {when}\n{page_url(event)}" in text.replace("\xa0", " ")
    assert f"Uutinen: Raportti julki\n{page_url(news)}" in text
    assert "Saat tämän viestin, koska seuraat: Verkosto." in text
    assert "/fi/follow/open/" in text
    assert "/fi/follow/open/" not in Message.objects.get().text


def test_digest_is_in_the_language_of_the_follower(network: Any, event: Any, homes: Any) -> None:
    for page in (network.get_parent(), network):
        in_language(page, "sv")
    swedish = in_language(event, "sv", title="Morgonkaffe")
    changed(event, 1)
    changed(swedish, 1)
    follower("siv@example.fi", ("site", homes["fi"].translation_key), language="sv")
    assert write_digests(NOW) == 1
    assert deliver_due() == 1
    (letter,) = mail.outbox
    text = str(letter.body)
    assert (str(letter.subject), "Morgonkaffe" in text, "Aamukahvit" in text) == ("Nytt: Morgonkaffe", True, False)
    assert "Du får det här meddelandet" in text
    assert "/sv/follow/open/" in text


def test_what_is_not_public_any_more_is_left_out(written: Follower, event: Any, news: Any) -> None:
    news.unpublish()
    assert deliver_due() == 1
    assert "Raportti" not in str(mail.outbox[0].body)


def test_digest_without_anything_left_is_not_sent(written: Follower, event: Any, news: Any) -> None:
    news.unpublish()
    event.unpublish()
    assert (deliver_due(), mail.outbox) == (0, [])


def test_who_has_ended_it_gets_no_more(written: Follower) -> None:
    written.delete()
    assert (deliver_due(), mail.outbox) == (0, [])
