"""The data that a data subject request exports: everything stored about a registration's person, or about an address."""

from typing import Any

from verkosto.core.email_addresses import normalise_email
from verkosto.registrations.models import Desk, Guest, HandoverRequest, Registration
from verkosto.registrations.privacy.notice_snapshots import snapshot_text
from verkosto.registrations.privacy.personal_data import personal_data_stores


def data_of(registration: Registration, *, sensitive: bool = True) -> dict[str, object]:
    """Return everything that is stored about the person of one registration, as JSON.

    ``sensitive`` includes the sensitive answers.
    """
    return {
        "title": registration.desk.version(registration.language).get("title", ""),
        "reference": registration.reference,
        "name": registration.name,
        "email": registration.email,
        "language": registration.language,
        "organisation": registration.organisation,
        "places": registration.places,
        "guests": [
            {
                "name": guest.name,
                "email": guest.email,
                "organisation": guest.organisation,
                "attendance": guest.attendance,
                "answers": answers_of(guest, registration.desk, registration.language, sensitive=sensitive),
                "meetings": guest_meetings(guest, registration),
            }
            for guest in registration.guests.select_related("sensitive")
        ],
        "status": registration.status,
        "attendance": registration.attendance,
        "meetings": _meetings(registration),
        "registered": registration.created_at.isoformat(),
        "shown_and_agreed": {**registration.agreed, "text": snapshot_text(registration.agreed)},
        "answers": answers_of(registration, registration.desk, registration.language, sensitive=sensitive),
        "handover_request": _handover_request(registration),
        "files": [{"name": file.name, "size": file.size} for file in registration.files.all()],
        "history": [
            {"at": change.at.isoformat(), "event": change.event, "status": change.to_status, "reason": change.reason}
            for change in registration.changes.all()
        ],
        "notes": [{"at": note.created_at.isoformat(), "text": note.text} for note in registration.notes.all()],
        "messages": [
            {
                "at": message.created_at.isoformat(),
                "kind": message.kind,
                "state": message.state,
                "subject": message.subject,
                "text": message.text,
            }
            for message in registration.messages.all()
        ],
    }


def data_of_address(email: str) -> dict[str, object]:
    """Return everything that is stored about an address, at all desks and in all apps, as JSON."""
    email = normalise_email(email)
    found = {store.name: store.data(email) for store in personal_data_stores()}
    always: dict[str, Any] = {"registrations": [], "invitations": [], "messages": []}
    return {"email": email, **always, **{name: kept for name, kept in found.items() if kept}}


def _meetings(registration: Registration) -> list[dict[str, object]]:
    """Return the person's meetings of a series; one that has no date any more has its key only."""
    known = {meeting.uid: meeting for meeting in registration.desk.meetings(registration.language)}
    return [
        {
            "meeting": known[row.meeting].title if row.meeting in known else row.meeting,
            "starts": known[row.meeting].starts_at.isoformat() if row.meeting in known else None,
            "status": row.status,
            "checked_in": row.checked_in_at.isoformat() if row.checked_in_at else None,
            "changed": row.changed_at.isoformat(),
        }
        for row in registration.participations.all()
    ]


def guest_meetings(guest: Guest, registration: Registration) -> list[dict[str, object]]:
    """Return the meetings of a series about which something is stored of a guest."""
    known = {meeting.uid: meeting.title for meeting in registration.desk.meetings(registration.language)}
    return [
        {"meeting": known.get(row.meeting, row.meeting), "comes": row.comes, "attendance": row.attendance}
        for row in guest.participations.all()
    ]


def _handover_request(registration: Registration) -> dict[str, object] | None:
    """Return to whom the person has asked to give their place; None if they have not."""
    request = HandoverRequest.objects.filter(registration=registration).first()
    return {"name": request.name, "email": request.email, "at": request.created_at.isoformat()} if request else None


def answers_of(
    person: Registration | Guest, desk: Desk, language: str, *, sensitive: bool = True
) -> list[dict[str, object]]:
    """Return what a person has answered at a desk, as texts in a language. One query; none without answers."""
    stored = person.all_answers(sensitive=sensitive)
    questions = {question.key: question for question in desk.questions.filter(key__in=stored)} if stored else {}
    return [
        {
            "question": questions[key].label(language) if key in questions else key,
            "answer": questions[key].display(value, language) if key in questions else value,
        }
        for key, value in stored.items()
    ]
