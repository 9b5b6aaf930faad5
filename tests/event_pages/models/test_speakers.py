"""The language of a role on pages in other languages (WCAG 2.2 SC 3.1.2): of speakers, and of a network's committee."""

from django.template.loader import render_to_string
from django.utils.translation import override

from network_pages.models import CommitteeMember
from verkosto.directory.models import Person


def shown(row: CommitteeMember) -> str:
    with override("sv"):
        return render_to_string("verkosto_events/components/speaker.html", {"speaker": row}).strip()


def test_a_committee_row_in_the_originals_language_is_marked() -> None:
    """A role without a person was shown as if it were in the language of the page."""
    row = CommitteeMember(role="ylijohtaja")
    row.text_language = "fi"
    assert shown(row) == '<span lang="fi">Ylijohtaja</span>'
    row.person = Person(name="Henkilö")
    assert shown(row) == '<strong>Henkilö</strong>, <span lang="fi">ylijohtaja</span>'
    row.text_language = ""
    assert shown(row) == "<strong>Henkilö</strong>, ylijohtaja"
