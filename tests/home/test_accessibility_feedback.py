"""Feedback about accessibility: sent by anybody, acknowledged, answered in time, and found by data protection."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import Permission, User
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from wagtail.models import ModelLogEntry
from wagtail.users.models import UserProfile

from home.accessibility_feedback import use_cases
from home.accessibility_feedback.home_panel import FeedbackPanel
from home.models import AccessibilityFeedback, AccessibilityPage
from tests.factories import in_language
from tests.factories.home import AccessibilityPageFactory
from verkosto.registrations.mail.delivery import deliver_due
from verkosto.registrations.models import Message
from verkosto.registrations.privacy.data_export import data_of_address
from verkosto.registrations.privacy.documents import record_of_processing
from verkosto.registrations.privacy.erasure import erase_address
from verkosto.registrations.privacy.retention import purge

pytestmark = pytest.mark.django_db
FORM, SENT = "/en/accessibility-feedback/", "/en/accessibility-feedback/sent/"
LIST = "/admin/accessibility-feedback/"
STRANGER = "Buy at https://spam.example/"


@pytest.fixture(autouse=True)
def monday(time_machine):
    time_machine.move_to("2026-11-02 09:00 +0000", tick=False)


@pytest.fixture
def statement(homes) -> AccessibilityPage:
    page = AccessibilityPageFactory(parent=homes["fi"])
    in_language(page, "en", title="Accessibility statement", enforcement="<p>The supervising authority.</p>")
    return page


@pytest.fixture
def staff(db):
    """make("change_accessibilityfeedback"): an account with these permissions, and its client."""

    def make(*codenames: str, name: str = "staff") -> tuple[User, Client]:
        user = User.objects.create_user(name, f"{name}@example.fi", first_name=name.title())
        user.user_permissions.set(Permission.objects.filter(codename__in=["access_admin", *codenames]))
        UserProfile.objects.create(user=user, preferred_language="en")
        client = Client()
        client.force_login(user)
        return user, client

    return make


def row(**fields) -> AccessibilityFeedback:
    return AccessibilityFeedback.objects.create(**{"message": "The menu has no names.", "language": "en", **fields})


def written(kind: str) -> list[str]:
    return list(Message.objects.filter(kind=kind).order_by("recipient").values_list("recipient", flat=True))


def test_the_statement_leads_to_the_form(client, statement):
    for language, text in (("fi", "Vastaamme 14 päivän kuluessa."), ("en", "We answer within 14 days.")):
        page = statement if language == "fi" else statement.get_translations().get()
        html = client.get(page.get_url()).content.decode()
        assert text in html
        assert f'href="/{language}/accessibility-feedback/"' in html


def test_feedback_is_stored_acknowledged_and_staff_are_notified(client, statement, staff):
    staff("change_accessibilityfeedback", name="one")
    staff("view_accessibilityfeedback", name="two")
    sent = {"kind": "format", "message": STRANGER, "page": "/en/map/", "name": "Aino", "email": "AINO@example.fi"}
    assert client.post(FORM, sent)["Location"] == SENT
    feedback = AccessibilityFeedback.objects.get()
    found = (feedback.kind, feedback.message, feedback.page, feedback.name, feedback.email, feedback.language)
    assert found == ("format", STRANGER, "/en/map/", "Aino", "aino@example.fi", "en")
    assert (feedback.due_on, feedback.status) == (date(2026, 11, 16), "open")
    assert (written("accessibility_received"), written("accessibility_new")) == (
        ["aino@example.fi"],
        ["one@example.fi"],
    )
    deliver_due()
    by_recipient = {each.to[0]: each for each in mail.outbox}
    receipt = by_recipient["aino@example.fi"]
    assert "We will answer by 16 November 2026." in receipt.body.replace("\xa0", " ")
    assert statement.get_translations().get().get_url() in receipt.body
    for each in mail.outbox:  # law 5: a stranger's words go to nobody
        assert "spam.example" not in each.body + str(each.alternatives)
    assert f"/admin/accessibility-feedback/{feedback.pk}/" in by_recipient["one@example.fi"].body


def test_the_confirmation_says_when_and_where_to_turn(client, statement):
    html = client.get(SENT).content.decode()
    assert "We answer within 14 days, if you gave your email address." in html
    assert "The supervising authority." in html
    assert 'href="https://valvonta.example.fi/"' in html


def test_a_message_is_enough(client, statement):
    client.post(FORM, {"kind": "problem", "message": "Contrast"})
    assert (AccessibilityFeedback.objects.get().message, written("accessibility_received")) == ("Contrast", [])


@pytest.mark.parametrize(
    ("sent", "error"),
    [
        ({"message": ""}, "Write your message."),
        ({"message": "\u200b "}, "Write your message."),
        ({"message": "x" * 5001}, "5000"),
        ({"message": "Menu", "email": "aino"}, "id_email_error"),
        ({"message": "Menu", "website": "https://spam.example/"}, "Leave the hidden field empty"),
        ({"message": "Menu", "kind": "x"}, "id_kind_error"),
    ],
)
def test_errors_say_what_to_do_and_keep_what_was_typed(client, statement, sent, error):
    answer = client.post(FORM, {"kind": "problem", "page": "The map of venues", **sent})
    html = answer.content.decode()
    assert (answer.status_code, error in html, "The map of venues" in html) == (422, True, True)
    assert "no-store" in answer["Cache-Control"]
    assert not AccessibilityFeedback.objects.exists()


def test_many_forms_from_one_network_keep_what_was_typed(client, statement, settings):
    settings.REGISTRATION_LIMITS = {"link": "1/hour"}
    settings.REGISTRATION_PROOF_OF_WORK = True
    client.post(FORM, {"kind": "problem", "message": "First"})
    answer = client.post(FORM, {"kind": "problem", "message": "The second one"})
    assert (answer.status_code, "The second one" in answer.content.decode()) == (429, True)
    assert AccessibilityFeedback.objects.count() == 1


def test_a_form_of_another_site_is_refused(client, statement):
    sent = {"kind": "problem", "message": "Menu"}
    assert client.post(FORM, sent, headers={"Origin": "https://other.example"}).status_code == 403
    assert not AccessibilityFeedback.objects.exists()


def test_there_is_no_form_without_a_statement(client, homes):
    assert client.get(FORM).status_code == 404
    assert client.post(FORM, {"message": "The menu has no names."}).status_code == 404
    assert not AccessibilityFeedback.objects.exists()


def test_the_list_is_for_who_may_read_it_overdue_first(staff):
    today = timezone.localdate()
    ended = {"status": "answered", "answer": "Done", "ended_at": timezone.now(), "due_on": today - timedelta(days=9)}
    rows = [
        row(due_on=today + timedelta(days=3)),
        row(due_on=today - timedelta(days=2)),
        row(**ended),
        row(due_on=today),
    ]
    assert staff(name="nobody")[1].get(LIST).status_code == 302
    page = staff("view_accessibilityfeedback")[1].get(LIST)
    assert [each.pk for each in page.context["object_list"]] == [rows[n].pk for n in (1, 3, 0, 2)]
    html = page.content.decode()
    assert all(text in html for text in ("2 days overdue", "Today", "3 days left"))


def test_queries_of_the_list_and_the_home_page_do_not_grow(client, staff, count_queries):
    user, _own = staff("change_accessibilityfeedback")
    client.force_login(user)
    row(assigned_to=user)
    few = count_queries(LIST), count_queries("/admin/")
    for number in range(29):
        row(assigned_to=User.objects.create_user(f"other{number}"))
    assert (count_queries(LIST), count_queries("/admin/")) == few


def test_reading_is_logged_and_answers_are_for_who_may_answer(staff):
    feedback, (_user, reader) = row(email="aino@example.fi"), staff("view_accessibilityfeedback")
    page = reader.get(f"{LIST}{feedback.pk}/")
    assert ("The menu has no names." in page.content.decode(), "Send the answer" in page.content.decode()) == (
        True,
        False,
    )
    assert "no-store" in page["Cache-Control"]
    assert [entry.action for entry in ModelLogEntry.objects.all()] == ["home.see_accessibility_feedback"]
    reader.post(f"{LIST}{feedback.pk}/", {"action": "answer", "text": "We have corrected it."})
    feedback.refresh_from_db()
    assert (feedback.status, Message.objects.count()) == ("open", 0)


def test_the_answer_is_sent_recorded_and_ends_it(staff, homes):
    user, client = staff("change_accessibilityfeedback")
    feedback = row(name="Aino", email="aino@example.fi", language="en")
    url, sent = f"{LIST}{feedback.pk}/", {"action": "answer", "text": "We have corrected the menu."}
    assert "Write the answer." in client.post(url, {"action": "answer", "text": " "}).content.decode()
    assert client.post(url, sent)["Location"] == url
    feedback.refresh_from_db()
    found = (feedback.status, feedback.answer, feedback.ended_by, feedback.ended_at)
    assert found == ("answered", "We have corrected the menu.", user, timezone.now())
    client.post(url, {"action": "close", "reason": "Twice"})  # somebody else's page, opened before
    assert written("accessibility_answer") == ["aino@example.fi"]
    deliver_due()
    (answer,) = mail.outbox
    assert (answer.subject, answer.to) == ("Answer to your feedback about accessibility", ["aino@example.fi"])
    assert "We have corrected the menu." in answer.body
    assert "We have corrected the menu." in client.get(url).content.decode()


def test_an_answer_without_an_address_is_recorded_alone(staff):
    _user, client = staff("change_accessibilityfeedback")
    feedback = row()
    html = client.get(f"{LIST}{feedback.pk}/").content.decode()
    assert "Not given: no answer can be sent" in html
    client.post(f"{LIST}{feedback.pk}/", {"action": "answer", "text": "Corrected."})
    feedback.refresh_from_db()
    assert (feedback.status, Message.objects.count()) == ("answered", 0)


def test_it_is_closed_with_a_reason(staff):
    _user, client = staff("change_accessibilityfeedback")
    feedback = row(email="spam@example.fi")
    client.post(f"{LIST}{feedback.pk}/", {"action": "close", "reason": "An advertisement"})
    feedback.refresh_from_db()
    assert (feedback.status, feedback.answer, Message.objects.count()) == ("closed", "An advertisement", 0)


def test_reminders_come_twice_to_who_is_assigned_and_end_with_the_answer(staff, time_machine):
    user, client = staff("change_accessibilityfeedback", name="one")
    staff("change_accessibilityfeedback", name="two")
    feedback, other = row(due_on=date(2026, 11, 16)), row(due_on=date(2026, 11, 16))
    client.post(f"{LIST}{feedback.pk}/", {"action": "assign", "assigned_to": user.pk})
    use_cases.answer(feedback=other, text="Done", user=user)
    found = []
    for day in (11, 12, 13, 15, 16, 20):
        time_machine.move_to(f"2026-11-{day} 09:00 +0000", tick=False)
        found.append((day, use_cases.send_reminders(), use_cases.send_reminders()))
    assert found == [(11, 0, 0), (12, 1, 0), (13, 0, 0), (15, 1, 0), (16, 0, 0), (20, 0, 0)]
    assert written("accessibility_reminder") == ["one@example.fi", "one@example.fi"]


def test_a_reminder_is_not_sent_once_it_is_answered(staff):
    user, _client = staff("change_accessibilityfeedback")
    feedback = row(due_on=timezone.localdate())
    use_cases.send_reminders()
    use_cases.answer(feedback=feedback, text="Done", user=user)
    deliver_due()
    assert mail.outbox == []


def test_the_home_page_counts_what_is_open_for_who_answers(staff):
    row(due_on=date(2026, 11, 1)), row()
    panel = FeedbackPanel().get_context_data({})
    assert panel == {"open": 2, "overdue": 1, "due_on": date(2026, 11, 1)}
    url = reverse("accessibility_feedback:index")
    for codename, shown in (("change_accessibilityfeedback", True), ("view_accessibilityfeedback", False)):
        html = staff(codename, name=codename[:4])[1].get("/admin/").content.decode()
        assert (f'href="{url}?status=open"' in html, "1 answer is overdue" in html) == (shown, shown)


def test_data_requests_erasure_and_retention_find_it(homes, time_machine, staff):
    user, _client = staff()
    row(email="aino@example.fi", name="Aino Virtanen")
    other = row(message="Aino Virtanen told me of the menu.")
    (found,) = data_of_address("aino@example.fi")["accessibility_feedback"]
    assert (found["message"], found["name"], found["status"]) == ("The menu has no names.", "Aino Virtanen", "open")
    erase_address(email="aino@example.fi")
    assert [each.message for each in AccessibilityFeedback.objects.all()] == ["– told me of the menu."]
    use_cases.answer(feedback=other, text="Done", user=user)
    for day, left in (("2027-11-01", 1), ("2027-11-03", 0)):
        time_machine.move_to(f"{day} 09:00 +0000", tick=False)
        purge()
        assert AccessibilityFeedback.objects.count() == left


def test_open_feedback_is_never_purged(time_machine):
    row()
    time_machine.move_to("2030-01-01 09:00 +0000", tick=False)
    purge()
    assert AccessibilityFeedback.objects.count() == 1


def test_the_record_of_processing_names_it():
    row()
    with override("en"):
        (found,) = [each for each in record_of_processing().table if each[0] == "Feedback about accessibility"]
    assert (found[2], found[-2:]) == ("Legal obligation", ["365 days after the answer", 1])
