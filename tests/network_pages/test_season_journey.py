"""Case D in a browser: a manager applies to the network and is registered for its season, until the feedback after it.

The manager's steps are made on a phone, from the links in the mails; those of the staff where they are theirs alone.
"""

import re
from datetime import timedelta
from email.message import EmailMessage
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect
from wagtail.users.models import UserProfile

from event_pages.models import EventPage
from network_pages.models import Membership
from tests.browsing import Visit, accessibility_violations, overflows
from tests.factories import EventIndexPageFactory, NetworkIndexPageFactory, NetworkPageFactory, PrivacyNoticeFactory
from tests.factories.registrations import desk_of, publish, question
from tests.factories.seasons import meeting_of, season
from tests.verkosto.registrations.pdf_reader import Pdf
from verkosto.registrations.mail.check_in_codes import qr_svg, url_of
from verkosto.registrations.mail.delivery import deliver_due
from verkosto.registrations.mail.feedback import REQUEST
from verkosto.registrations.models import Desk, FeedbackAnswers, FeedbackNote, Guest, Registration

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
MANAGER, BO, CECILIA = "maria@example.fi", "bo@example.fi", "cecilia@example.fi"


class Journey:
    """The site of the network with its season of three meetings, its staff, and the manager with a phone."""

    def __init__(self, visit: Visit, staff: Client, homes: dict[str, Any]) -> None:
        self.visit, self.staff = visit, staff
        notice = PrivacyNoticeFactory(locale=homes["sv"].locale)
        index = NetworkIndexPageFactory(parent=homes["sv"], slug="natverk")
        self.network = publish(
            NetworkPageFactory(
                parent=index,
                title="Svåra beslut",
                registration_enabled=True,
                needs_approval=True,
                privacy_notice=notice,
                questions=[question("organisation", "Organisation", required=True)],
            )
        )
        self.series = season(
            index=EventIndexPageFactory(parent=self.network, slug="evenemang"),
            eligibility="members",
            places_per_registration=2,
            guest_addresses=True,
            feedback_enabled=True,
            feedback_questions=[question("choice", "Hur var det?", required=True, choices=["Bra", "Dåligt"])],
        )

    #: The registration, opened from a mail.
    manage_page: Page

    @property
    def desk(self) -> Desk:
        return desk_of(self.series)

    def meeting(self, number: int) -> EventPage:
        return meeting_of(self.series, number)

    def mails(self) -> list[tuple[str, str]]:
        """Deliver the mails that wait, and return (recipient, subject) of those that are new, by recipient."""
        deliver_due()
        self.sent, mail.outbox = mail.outbox, []
        return sorted((letter.to[0], letter.subject) for letter in self.sent)

    def open_link(self, recipient: str, *, path: str = "registrations/open") -> Page:
        """Open the personal link in the last delivered mail to somebody that has one, on a phone."""
        bodies = [letter.body for letter in reversed(self.sent) if letter.to == [recipient]]
        found = next(filter(None, (re.search(rf"/sv/{path}/[\w-]+/", body) for body in bodies)))
        return self.visit(found[0], width=390, language="sv-FI")

    def registration(self) -> Registration:
        return Registration.objects.get(desk=self.desk, email=MANAGER)

    def staff_page(self, path: str) -> Page:
        """A page of the admin on a phone, signed in."""
        page = self.visit("/sv/", width=390, language="sv-FI")
        cookie = {"name": "sessionid", "value": self.staff.cookies["sessionid"].value, "url": self.visit.site}
        page.context.add_cookies([cookie])
        page.goto(self.visit.site + path)
        return page


@pytest.fixture
def journey(visit: Visit, admin_client: Client, admin_user: Any, homes: dict[str, Any]) -> Journey:
    UserProfile.objects.create(user=admin_user, preferred_language="sv")
    return Journey(visit, admin_client, homes)


def calendar_of(letters: list[EmailMessage], recipient: str) -> list[str]:
    """The methods of the calendar files in the mails to somebody."""
    return [
        re.search(r"METHOD:(\w+)", str(content))[1]
        for letter in letters
        if letter.to == [recipient]
        for name, content, _kind in (part for part in letter.attachments if isinstance(part, tuple))
        if name and name.endswith(".ics")
    ]


def test_manager_applies_attends_the_season_and_gives_feedback(journey: Journey) -> None:
    apply_and_be_approved(journey)
    be_registered_for_the_season(journey)
    bring_a_colleague(journey)
    decline_a_meeting(journey)
    hear_of_a_postponement(journey)
    hand_a_place_to_another_colleague(journey)
    attend_by_code(journey)
    give_feedback(journey)
    have_a_certificate(journey)
    assert journey.visit.problems == []


def apply_and_be_approved(journey: Journey) -> None:
    page = journey.visit(journey.network.url, width=390, language="sv-FI")
    form = page.locator("form[data-registration]")
    form.locator("[name=name]").fill("Maria Lind")
    form.locator("[name=email]").fill(MANAGER)
    form.locator("[autocomplete=organization]").fill("Regionen")
    form.locator("button[type=submit]").click()
    page.wait_for_url("**/received/**")
    desk = desk_of(journey.network)
    application = Registration.objects.get(desk=desk)
    assert (application.status, application.language) == ("awaiting_approval", "sv")
    assert journey.mails() == [(MANAGER, "Vi har tagit emot din anmälan: Svåra beslut")]

    journey.staff.post(reverse("verkosto_registrations_admin:approve", args=[desk.pk, application.pk]))
    member = Membership.objects.get()
    assert (member.name, member.email, member.organisation, member.language) == (
        "Maria Lind",
        MANAGER,
        "Regionen",
        "sv",
    )
    assert journey.mails() == [
        (MANAGER, "Din anmälan har godkänts: Svåra beslut"),
        (MANAGER, "Du är nu medlem: Svåra beslut"),
    ]
    own = journey.open_link(MANAGER, path="memberships/open")
    expect(own.locator("main")).to_contain_text("Tapaaminen 1")
    assert not overflows(own)


def be_registered_for_the_season(journey: Journey) -> None:
    page = journey.staff_page(reverse("members:season"))
    page.get_by_role("button", name="Förhandsgranska").click()
    expect(page.locator("main [role=status]").last).to_contain_text("1 medlem får plats på alla möten")
    page.get_by_role("button", name="Anmäl 1 medlem").click()
    page.wait_for_url("**/jobs/**")
    expect(page.locator("[data-state]")).to_have_text("Klar")
    registration = journey.registration()
    assert (registration.status, registration.organisation, registration.added_by_id is None) == (
        "confirmed",
        "",
        False,
    )
    assert [*registration.participations.values_list("status", flat=True)] == ["coming"] * 3
    assert journey.mails() == [(MANAGER, "Du har en plats: Kausi")]
    assert calendar_of(journey.sent, MANAGER) == ["REQUEST"]


def bring_a_colleague(journey: Journey) -> None:
    page = journey.open_link(MANAGER)
    registration = journey.registration()
    expect(page.locator("main")).to_contain_text("Arrangören har anmält dig")
    # The code that is scanned at check-in.
    shown = page.locator(".ticket__code svg path").last.get_attribute("d")
    assert shown
    assert shown in qr_svg(registration)
    assert (overflows(page), accessibility_violations(page)) == (False, [])
    page.get_by_role("link", name="Kontrollera dina uppgifter").click()
    page.locator("[name=places]").fill("2")
    page.locator("[name=guest-1-name]").fill("Bo Berg")
    page.locator("[name=guest-1-email]").fill(BO)
    page.get_by_role("button", name="Spara ändringarna").click()
    expect(page.locator("main")).to_contain_text("Bo Berg")
    registration = journey.registration()
    assert (registration.places, registration.awaits_details, bool(registration.agreed["notice"])) == (2, False, True)
    assert journey.mails() == [
        (BO, "Du har en plats: Kausi"),
        (MANAGER, "Din anmälan har ändrats: Kausi"),
    ]


def decline_a_meeting(journey: Journey) -> None:
    page = journey.open_link(MANAGER)
    page.get_by_role("button", name="Jag kan inte komma : Tapaaminen 1").click()
    item = page.locator(".meeting-list__item", has_text="Tapaaminen 1")
    expect(item.locator(".meeting-list__status")).to_have_text("Kommer inte")
    row = journey.registration().participations.get(meeting=journey.meeting(1).calendar_uid)
    assert row.status == "not_coming"
    assert journey.mails() == [(MANAGER, "Du kommer inte till ett möte: Kausi")]
    assert calendar_of(journey.sent, MANAGER) == ["CANCEL"]


def hear_of_a_postponement(journey: Journey) -> None:
    meeting = journey.meeting(2)
    meeting.status = "postponed"
    publish(meeting)
    assert [(to, subject) for to, subject in journey.mails()] == [
        (BO, "Ändrat: Kausi"),
        (MANAGER, "Ändrat: Kausi"),
    ]
    letter = next(letter for letter in journey.sent if letter.to == [MANAGER])
    assert "Tapaaminen 2" in letter.body
    page = journey.open_link(MANAGER)
    item = page.locator(".meeting-list__item", has_text="Tapaaminen 2")
    expect(item.locator(".meeting-list__status")).to_have_text("Framflyttat tills vidare")
    expect(item.get_by_role("button")).to_have_count(0)
    journey.manage_page = page


def hand_a_place_to_another_colleague(journey: Journey) -> None:
    page = journey.open_link(MANAGER)
    page.get_by_role("link", name="Ändra eller byt: Bo Berg").click()
    page.locator("[name=name]").fill("Cecilia Ceder")
    page.locator("[name=email]").fill(CECILIA)
    page.get_by_role("button", name="Spara ändringarna").click()
    expect(page.locator("main")).to_contain_text("Cecilia Ceder")
    expect(page.locator("main")).not_to_contain_text("Bo Berg")
    assert [*Guest.objects.values_list("name", "email")] == [("Cecilia Ceder", CECILIA)]
    assert journey.mails() == [
        (BO, "Du har inte längre en plats: Kausi"),
        (CECILIA, "Du har en plats: Kausi"),
    ]
    assert journey.registration().places == 2


def attend_by_code(journey: Journey) -> None:
    """Each person has a code, whose address leads staff to the person in the admin."""
    registration = journey.registration()
    for person in (registration, registration.guests.get()):
        scanned = journey.staff.get(urlsplit(url_of(person)).path)
        page = journey.staff_page(f"{urlsplit(scanned['Location']).path}?meeting={journey.meeting(3).calendar_uid}")
        expect(page.locator("main")).to_contain_text(person.name)
        assert not overflows(page)
        page.get_by_role("button", name="Checka in").click()
        expect(page.locator("[data-row].arrived").last).to_contain_text(person.name)
    row = registration.participations.get(meeting=journey.meeting(3).calendar_uid)
    assert (row.status, row.checked_in_at is not None) == ("attended", True)
    assert journey.registration().attendance == "attended"


def give_feedback(journey: Journey) -> None:
    hour = timedelta(hours=1)
    Desk.objects.filter(pk=journey.desk.pk).update(starts_at=timezone.now() - 3 * hour, ends_at=timezone.now() - hour)
    journey.staff.post(reverse("verkosto_registrations_admin:feedback_mails", args=[journey.desk.pk, REQUEST]))
    assert journey.mails() == [(MANAGER, "Hur var det? Kausi")]
    page = journey.open_link(MANAGER, path="registrations/feedback/open")
    page.get_by_role("radio", name="Bra").check()
    page.get_by_role("button", name="Skicka").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Tack för din respons")
    given = FeedbackAnswers.objects.get()
    assert [*FeedbackNote.objects.values_list("registration__email", flat=True)] == [MANAGER]
    assert MANAGER not in str(given.answers)


def have_a_certificate(journey: Journey) -> None:
    """From the link of the mail about the changed registration, which still opens it."""
    page = journey.manage_page
    page.reload()
    page.get_by_role("link", name="Deltagarintyg").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Ladda ner som PDF").click()
    pdf = Pdf(download.value.path().read_bytes())
    assert [lines[1] for lines in pdf.pages] == ["Maria Lind", "Cecilia Ceder"]
    assert any("Tapaaminen 3" in line for line in pdf.pages[0])
