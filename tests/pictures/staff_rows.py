"""Views of the admin to which no link leads in the demo: each with a row that it is about."""

from typing import Any

from django.urls import NoReverseMatch, reverse
from wagtail.models import Locale, Page

from cms.demo.loader.nodes import stable_key
from network_pages.models import RoundReview
from tests.journeys.signing_up import FULL, OPEN
from verkosto.localisation.models import BulkSubmission, GlossaryTerm
from verkosto.registrations.enums import RegistrationStatus as Status
from verkosto.registrations.mail.check_in_codes import code_of
from verkosto.registrations.models import Desk, HandoverRequest, Job, Registration

#: Views of a desk, and of a registration of each state.
OF_DESK = (
    *("print", "attendance_list", "badges", "certificates", "follow_up", "invitation_remind", "moved_registrations"),
)
OF_STATE = {
    Status.AWAITING_APPROVAL: ("approve", "decline"),
    Status.WAITING: ("give_place", "keep_places", "release_places"),
    Status.CANCELLED: ("rejoin",),
    Status.CONFIRMED: ("hand_over", "refuse_hand_over"),
}
BULK = ("absent", "approve", "attended", "cancel", "decline", "mail", "move")


def unlinked_views() -> dict[str, str]:
    """Make the rows. Return the paths of the views by name."""
    desk = Desk.objects.get(translation_key=stable_key(FULL))
    page = Page.objects.get(translation_key=stable_key(OPEN), locale__language_code="fi")
    swedish = page.get_translation(Locale.objects.get(language_code="sv"))
    submission = BulkSubmission.objects.create(kind="bulk_submission")
    submission.items.create(page=page)
    languages = {code: Locale.objects.get(language_code=code) for code in ("fi", "sv")}
    term = GlossaryTerm.objects.create(
        source="verkosto", target="nätverk", source_locale=languages["fi"], locale=languages["sv"]
    )
    one = _of_state(desk, Status.CONFIRMED)
    job = Job.objects.create(desk=desk, kind="mailing", total=40, done=12)
    found = {
        **{_admin(name): _path(_admin(name), desk.pk) for name in OF_DESK},
        **_of_registrations(desk),
        _admin("feedback_mails"): _path(_admin("feedback_mails"), desk.pk, "feedback_request"),
        _admin("check_in_code"): _path(_admin("check_in_code"), code_of(one)),
        _admin("announce"): _path(_admin("announce"), page.pk),
        _admin("withdraw"): _path(_admin("withdraw"), page.pk, "unpublish"),
        _admin("data_subject"): f"{_path(_admin('data_subject'))}?email={one.email}",
        _admin("job"): _path(_admin("job"), job.pk),
        "verkosto_events_meetings:list": _path("verkosto_events_meetings:list"),
        "verkosto_localisation:bulk_submission": _path("verkosto_localisation:bulk_submission", submission.pk),
        "glossary:edit": _path("glossary:edit", term.pk),
        "email_template_translation": _path("email_template_translation", swedish.pk, "confirmed"),
        "linked_events:index": _path("linked_events:index"),
        "linked_events:places": _path("linked_events:places"),
        "verkosto_events_admin:add_meetings": _series("add_meetings"),
        "verkosto_events_admin:change_meetings": _series("change_meetings"),
        "reviews:ranking": _path("reviews:ranking", _review().translation_key),
    }
    return {name: path for name, path in found.items() if path}


def _admin(name: str) -> str:
    return f"verkosto_registrations_admin:{name}"


def _path(name: str, *arguments: Any) -> str:
    """Return the path of a view; "" where the demo has not switched it on."""
    try:
        return reverse(name, args=arguments)
    except NoReverseMatch:
        return ""


def _series(name: str) -> str:
    series = Page.objects.get(translation_key=stable_key("series.season"), locale__language_code="fi")
    return _path(f"verkosto_events_admin:{name}", series.pk)


def _review() -> RoundReview:
    key = stable_key("round.3")
    review, _made = RoundReview.objects.get_or_create(
        translation_key=key, defaults={"criteria": ["Vaikuttavuus", "Toteutettavuus"]}
    )
    return review


def _of_state(desk: Desk, status: Status) -> Registration:
    found = desk.registrations.filter(status=status, purged_at=None).first()
    return found or Registration.objects.create(
        desk=desk, status=status, name="Kim Esimerkki", email=f"{status}@example.fi", language="fi"
    )


def _of_registrations(desk: Desk) -> dict[str, str]:
    """Return the views of one registration, and the bulk actions on two."""
    found = {}
    for status, names in OF_STATE.items():
        registration = _of_state(desk, status)
        if status == Status.CONFIRMED:
            HandoverRequest.objects.get_or_create(
                registration=registration, defaults={"name": "Robin Esimerkki", "email": "robin@example.fi"}
            )
        for name in names:
            found[_admin(name)] = _path(_admin(name), desk.pk, registration.pk)
    rows = desk.registrations.filter(purged_at=None)[:2]
    ids = "&".join(f"id={row.pk}" for row in rows)
    for action in BULK:
        path = f"/admin/bulk/verkosto_registrations/registration/{action}/"
        found[f"bulk verkosto_registrations.registration.{action}"] = f"{path}?next=/admin/&{ids}"
    message = desk.messages.first()
    if message:
        path = f"/admin/bulk/verkosto_registrations/message/resend/?next=/admin/&id={message.pk}"
        found["bulk verkosto_registrations.message.resend"] = path
    return found
