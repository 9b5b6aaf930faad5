"""The registrations of the coming season, person by person, and feedback on an event that is over."""

from django.contrib.auth import get_user_model

from cms.demo.loader.nodes import stable_key
from network_pages.members import members_of
from network_pages.season_members import sign_up_newcomers
from verkosto.core.users import SignedInUser
from verkosto.registrations.domain.answers import ChangedAnswers, change_answers
from verkosto.registrations.domain.attendance import record_attendance
from verkosto.registrations.domain.feedback import give_feedback, questions_of
from verkosto.registrations.domain.guests import GuestData
from verkosto.registrations.domain.handover import Colleague, hand_over
from verkosto.registrations.domain.participations import change_participation
from verkosto.registrations.models import Desk, FeedbackAnswers, Registration

SEASON, WEBINAR = "series.coming-season", "event.webinar"
#: Members by their numbers. One keeps a place for somebody who is not named yet.
DECLINES, BRINGS, KEEPS, HANDS_OVER = 203, 204, 205, 206
ATTENDED = 24
REMARKS = ("Mer tid för samtal i små grupper.", "Kortare inledning, fler exempel från kommunerna.", "Ingenting!")


def register_season() -> int:
    """Register the members of the network for the coming season, unless anybody is. Return how many."""
    desk, user = _desk(SEASON), _administrator()
    if desk is None or user is None or desk.registrations.exists():
        return 0
    keys = list(members_of(desk).values_list("pk", flat=True))
    number = sign_up_newcomers(desk=desk, user=user, memberships=keys)
    meeting = desk.meetings()[1].uid
    change_participation(registration=_of(desk, DECLINES), meeting=meeting, comes=False)
    guest = GuestData(name="Planerare 1", email="guest.1@example.fi")
    for member, guests in ((BRINGS, [guest]), (KEEPS, [])):
        registration = _of(desk, member)
        data = ChangedAnswers(name=registration.name, answers={}, places=2, guests=guests)
        change_answers(registration=registration, data=data)
    colleague = Colleague(name="Planerare 2", email="colleague.1@example.fi", language="sv")
    hand_over(registration=_of(desk, HANDS_OVER), to=colleague)
    return number


def make_feedback() -> int:
    """Record who attended the webinar, and let them give feedback, unless there is any. Return how many gave it."""
    desk, user = _desk(WEBINAR), _administrator()
    if desk is None or FeedbackAnswers.objects.filter(desk=desk).exists():
        return 0
    rating, change = questions_of(desk)
    people = desk.registrations.confirmed().filter(purged_at=None).order_by("pk")[:ATTENDED]
    for number, registration in enumerate(people):
        record_attendance(registration=registration, attendance="attended", user=user)
        answers = {rating.key: rating.choices[(number * number) % 7 % 4].key}
        if number % 4 == 0:
            answers[change.key] = REMARKS[number // 4 % len(REMARKS)]
        give_feedback(registration=registration, answers=answers)
    return len(people)


def _desk(key: str) -> Desk | None:
    return Desk.objects.filter(translation_key=stable_key(key)).first()


def _of(desk: Desk, member: int) -> Registration:
    return desk.registrations.of_address(f"member.{member}@example.fi").get()


def _administrator() -> SignedInUser | None:
    return get_user_model().objects.filter(username="admin", is_superuser=True).first()
