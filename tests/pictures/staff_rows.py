"""Views of the admin to which no link leads in the demo: each with a row that it is about."""

import datetime as dt
from typing import Any

from django.core.files.base import ContentFile
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from wagtail.models import Locale, Page

from cms.demo.loader.nodes import stable_key
from home.models import AccessibilityFeedback
from network_pages.models import GroupPlan, RoundReview
from tests.journeys.signing_up import FULL, OPEN
from verkosto.core.jobs.engine import run
from verkosto.localisation.models import BulkSubmission, GlossaryTerm
from verkosto.registrations.enums import ArchiveState
from verkosto.registrations.enums import RegistrationStatus as Status
from verkosto.registrations.mail.check_in_codes import code_of
from verkosto.registrations.models import Desk, EmailTemplate, HandoverRequest, Job, Registration, RegistrationArchive

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
BULK = ("absent", "approve", "attended", "cancel", "decline", "move")


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
        _admin("feedback_mails"): _path(_admin("feedback_mails"), _over().pk, "feedback_request"),
        _admin("archive_delete"): _path(_admin("archive_delete"), _archive(desk).pk),
        _admin("check_in_code"): _path(_admin("check_in_code"), code_of(one)),
        _admin("announce"): _path(_admin("announce"), _postponed(page).pk),
        _admin("withdraw"): _path(_admin("withdraw"), page.pk, "unpublish"),
        _admin("data_subject"): _path(_admin("data_subject")),
        _admin("job"): _path(_admin("job"), job.pk),
        "verkosto_events_meetings:list": _path("verkosto_events_meetings:list"),
        "verkosto_localisation:bulk_submission": _path("verkosto_localisation:bulk_submission", submission.pk),
        "glossary:edit": _path("glossary:edit", term.pk),
        "email_template_translation": _path("email_template_translation", swedish.pk, _template(page).kind),
        "accessibility_feedback:feedback": _path("accessibility_feedback:feedback", _feedback().pk),
        "group_plans:wishes": _path("group_plans:wishes", _groups().pk),
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


def _over() -> Desk:
    """Return the desk of an event that is over, with people who have not been asked for feedback."""
    desk = Desk.objects.filter(feedback_enabled=True).order_by("pk")[0]
    Desk.objects.filter(pk=desk.pk).update(ends_at=timezone.now() - dt.timedelta(days=1))
    for number, language in enumerate(("fi", "sv", "en")):
        Registration.objects.create(
            desk=desk,
            status=Status.CONFIRMED,
            holds_place=True,
            name="Kim Esimerkki",
            email=f"over.{number}@example.fi",
            language=language,
            attendance="attended",
        )
    return desk


def _archive(desk: Desk) -> RegistrationArchive:
    return RegistrationArchive.objects.create(
        desk=desk,
        due_on=timezone.localdate() + dt.timedelta(days=10),
        state=ArchiveState.MADE,
        made_at=timezone.now(),
        file=ContentFile(b"", name="archive.zip"),
        size=18_432,
        rows=desk.registrations.count(),
    )


def _postponed(page: Page) -> Page:
    """Give an event a draft in which it starts an hour later."""
    event = page.specific
    event.starts_at += dt.timedelta(hours=1)
    event.ends_at += dt.timedelta(hours=1)
    event.save_revision()
    return page


def _template(page: Page) -> EmailTemplate:
    desk = Desk.objects.get(translation_key=page.translation_key)
    return desk.email_templates.create(kind="confirmed", language="fi", subject="{title}", body="Tervetuloa, {name}.")


def _feedback() -> AccessibilityFeedback:
    return AccessibilityFeedback.objects.create(
        message="Kuukausinäkymän nuolia ei voi käyttää näppäimistöllä.",
        page="/fi/tapahtumat/",
        name="Kim Esimerkki",
        email="kim@example.fi",
        language="fi",
    )


def _groups() -> GroupPlan:
    """Return the demo's plan of small groups, when its groups have been looked for."""
    plan = GroupPlan.objects.get()
    if not plan.is_open:
        run(plan)
    return plan


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
