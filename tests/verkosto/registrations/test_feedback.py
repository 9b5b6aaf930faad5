"""Anonymous feedback from the form of the page to the results: who answered is noted, and never with what."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from tests.factories.registrations import desk_of, event_with_desk, in_three_languages, publish, question, register
from tests.recordings import recorded
from verkosto.registrations.domain.feedback import give_feedback, questions_of
from verkosto.registrations.exceptions import NotPossible
from verkosto.registrations.mail import delivery, outbox
from verkosto.registrations.mail.feedback import REMINDER, REQUEST
from verkosto.registrations.models import Desk, FeedbackAnswers, FeedbackNote, Message, Question, Registration
from verkosto.registrations.privacy.data_export import data_of_address
from verkosto.registrations.privacy.erasure import erase_address
from verkosto.registrations.privacy.retention import purge
from verkosto.registrations.questions.feedback_blocks import feedback_types

pytestmark = pytest.mark.django_db


@pytest.fixture
@recorded
def event():
    """An event in three languages with a feedback form. Its registrations come before it is over."""
    page = event_with_desk(
        title="Webinaari",
        feedback_enabled=True,
        feedback_questions=[
            question("choice", "Millaista oli?", required=True, choices=["Hyvää", "Huonoa"]),
            question("long_text", "Mitä muuttaisit?"),
        ],
    )
    in_three_languages(page)
    return page


def end(event):
    """Let the event be over since yesterday."""
    Desk.objects.filter(translation_key=event.translation_key).update(
        starts_at=timezone.now() - timedelta(days=1, hours=2), ends_at=timezone.now() - timedelta(days=1)
    )


def people(event, number, **given):
    return [register(desk_of(event), f"person{each}@example.fi", **given) for each in range(number)]


def answers_to(desk, choice=0, text=""):
    rating, change = questions_of(desk)
    return {rating.key: rating.choices[choice].key, **({change.key: text} if text else {})}


@pytest.fixture
def send(admin_client, django_capture_on_commit_callbacks):
    """send(desk, kind): let staff send the mails of a kind; the job runs at once."""

    def send_mails(desk, kind):
        url = reverse("verkosto_registrations_admin:feedback_mails", args=[desk.pk, kind])
        number = admin_client.get(url).context["number"]
        with django_capture_on_commit_callbacks(execute=True):
            admin_client.post(url)
        return number

    return send_mails


def open_form(client, server, address):
    """Follow the link of the last mail to an address. Return the form's page."""
    body = next(mail.body for mail in reversed(server.sent) if mail.to == [address])
    link = re.search(r"https?://[^/\s]+(/\S+/feedback/open/\S+)", body)
    assert link, body
    return client.get(link[1], follow=True)


def test_form_of_the_page_is_copied_to_the_desk_apart_from_the_registration_form(event):
    desk = desk_of(event)

    assert [each.label("fi") for each in questions_of(desk)] == ["Millaista oli?", "Mitä muuttaisit?"]
    assert list(desk.questions.all()) == []
    event.feedback_questions = []
    publish(event)
    assert questions_of(desk) == []
    assert Question.feedback.filter(desk=desk, retired_at__isnull=False).count() == 2


def test_feedback_form_offers_no_question_that_asks_for_a_person():
    assert {*feedback_types()} & {"email", "phone", "organisation", "file", "dietary_needs", "access_needs"} == set()
    assert {"text", "long_text", "number", "date", "choice", "several_choices", "yes_no"} <= {*feedback_types()}


def test_person_gives_feedback_by_the_link_once_and_is_not_stored_with_it(client, send, server, event):
    registration = people(event, 1, language="sv")[0]
    end(event)
    desk = desk_of(event)
    assert send(desk, REQUEST) == 1
    delivery.deliver_due()

    form = open_form(client, server, registration.email)
    path = form.redirect_chain[-1][0]
    assert (form.status_code, path) == (200, f"/sv/registrations/feedback/{registration.reference}/")
    given = {f"q-{key}": value for key, value in answers_to(desk, text="Ei mitään").items()}
    assert client.post(path, {}).status_code == 422
    assert client.post(path, given, follow=True).status_code == 200
    client.post(path, given)

    stored = FeedbackAnswers.objects.get()
    assert stored.answers == answers_to(desk, text="Ei mitään")
    assert {field.name for field in FeedbackAnswers._meta.get_fields()} == {"id", "desk", "answers"}
    assert {field.name for field in FeedbackNote._meta.get_fields()} == {"registration"}
    assert FeedbackNote.objects.get().registration == registration


def test_link_to_the_form_opens_no_registration_and_the_other_way_round(client, server, event):
    registration = people(event, 1)[0]
    delivery.deliver_due()
    body = server.sent[0].body
    manage = re.search(r"https?://[^/\s]+/fi/registrations/open/(\S+)", body)
    assert manage
    assert client.get(f"/fi/registrations/feedback/open/{manage[1]}/".replace("//", "/")).status_code == 404
    assert client.get(f"/fi/registrations/feedback/{registration.reference}/").status_code == 404


def test_only_those_who_have_not_answered_are_reminded(send, server, event):
    first, second, third = people(event, 3)
    end(event)
    desk = desk_of(event)
    Registration.objects.filter(pk=third.pk).update(attendance="absent")
    assert send(desk, REQUEST) == 2
    give_feedback(registration=desk.registrations.get(pk=first.pk), answers=answers_to(desk))
    assert send(desk, REMINDER) == 1

    written = Message.objects.filter(kind__in=[REQUEST, REMINDER]).order_by("pk").values_list("recipient", "kind")
    assert list(written) == [(first.email, REQUEST), (second.email, REQUEST), (second.email, REMINDER)]
    # A mail to somebody who has answered meanwhile is no longer true.
    late = outbox.write(REMINDER, registration=desk.registrations.get(pk=first.pk))
    delivery.deliver_due()
    late.refresh_from_db()
    assert late.state == "dropped"


def test_feedback_is_refused_before_the_end_twice_and_without_a_place(event):
    registration, other = people(event, 2)
    answers = answers_to(registration.desk)
    with pytest.raises(NotPossible):
        give_feedback(registration=registration, answers=answers)
    end(event)
    registration, other = Registration.objects.order_by("pk").select_related("desk")
    give_feedback(registration=registration, answers=answers)
    Registration.objects.filter(pk=other.pk).update(status="cancelled", holds_place=False)
    other.refresh_from_db()
    for person in (registration, other):
        with pytest.raises(NotPossible):
            give_feedback(registration=person, answers=answers)
    assert FeedbackAnswers.objects.count() == 1


def test_results_are_hidden_below_five_answers_and_then_shown_and_exported(admin_client, event):
    people(event, 5)
    end(event)
    desk = desk_of(event)
    url = reverse("verkosto_registrations_admin:feedback", args=[desk.pk])
    export = reverse("verkosto_registrations_admin:feedback_export", args=[desk.pk])
    registrations = list(desk.registrations.select_related("desk"))
    for number, registration in enumerate(registrations[:4]):
        give_feedback(registration=registration, answers=answers_to(desk, number % 2, f"Ajatus {number}"))
    hidden = admin_client.get(url).content.decode()
    assert "Ajatus" not in hidden
    assert "Hyvää" not in hidden
    refused = admin_client.post(export)
    assert (refused.status_code, refused["Location"]) == (302, url)

    give_feedback(registration=registrations[4], answers=answers_to(desk))

    results = admin_client.get(url).context["results"]
    (group,) = results.groups
    assert [(bar.label, bar.count, bar.percent) for bar in group.rows] == [("Hyvää", 3, 60), ("Huonoa", 2, 40)]
    assert sorted(results.texts[0].texts) == [f"Ajatus {number}" for number in range(4)]
    answer = admin_client.post(export)
    sheet = load_workbook(BytesIO(b"".join(answer.streaming_content))).active
    header, *lines = list(sheet.iter_rows(values_only=True))
    assert header == ("Millaista oli?", "Mitä muuttaisit?")
    assert sorted(lines, key=str) == sorted(
        [("Hyvää" if number % 2 == 0 else "Huonoa", f"Ajatus {number}") for number in range(4)] + [("Hyvää", None)],
        key=str,
    )


def test_notes_are_exported_and_erased_with_the_person_and_answers_after_the_retention_time(event):
    registration = people(event, 1)[0]
    end(event)
    registration.refresh_from_db()
    give_feedback(
        registration=Registration.objects.select_related("desk").get(),
        answers=answers_to(desk_of(event), text="Aino Alaluusua puhui"),
    )
    registration.name = "Aino Alaluusua"
    registration.save()
    assert data_of_address(registration.email)["feedback"] == [{"title": "Webinaari", "has_given_feedback": True}]

    erase_address(email=registration.email)

    assert not FeedbackNote.objects.exists()
    assert "Aino" not in str(FeedbackAnswers.objects.get().answers)
    purge(timezone.now() + timedelta(days=desk_of(event).retention_days - 2))
    assert FeedbackAnswers.objects.count() == 1
    purge(timezone.now() + timedelta(days=desk_of(event).retention_days))
    assert not FeedbackAnswers.objects.exists()


@pytest.mark.parametrize("number", [5, 30])
def test_results_take_as_many_queries_for_five_answers_as_for_thirty(client, admin_user, count_queries, event, number):
    client.force_login(admin_user)
    end(event)
    desk = desk_of(event)
    FeedbackAnswers.objects.bulk_create(
        FeedbackAnswers(desk=desk, answers=answers_to(desk, 0, f"Ajatus {each}")) for each in range(number)
    )

    assert count_queries(reverse("verkosto_registrations_admin:feedback", args=[desk.pk])) == 17
