"""The smallest example of each hook that is not registered for the whole suite; docs/plugins.md shows them."""

from collections.abc import Callable, Collection, Sequence
from datetime import time
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse_lazy
from wagtail.admin.menu import MenuItem

from event_pages.online_meetings.providers import MadeMeeting, Meeting, MeetingProvider
from tests.plugin_app.models import ExcursionPage
from verkosto.api.resources import AnyResource, Resource, Scope, page_fields, topics_of
from verkosto.api.schemas import ListQuery, PageItem
from verkosto.core.followed_content import FollowedPageKind, TargetKind, TargetLink
from verkosto.core.health import Finding, HealthCheck, Status
from verkosto.core.jobs import engine
from verkosto.core.jobs.models import AbstractJob
from verkosto.core.jobs.registry import Handler
from verkosto.core.publishing_rules import PublishingRule
from verkosto.core.scheduled_work.registry import Step
from verkosto.localisation.states.deadlines import Deadline
from verkosto.localisation.workflow.related_translations import RelatedTranslation
from verkosto.registrations.admin.bulk_actions import BulkAction
from verkosto.registrations.admin.registration_columns import RegistrationColumn
from verkosto.registrations.domain import attendance
from verkosto.registrations.domain.eligibility import MemberCheck
from verkosto.registrations.enums import Attendance, RegistrationStatus
from verkosto.registrations.mail.personal_links import PersonalLinks
from verkosto.registrations.models import Desk, Registration
from verkosto.registrations.privacy.personal_data import PersonalDataStore
from verkosto.registrations.privacy.processing import Controller, ProcessingActivity, Recipient
from verkosto.webhooks.webhook_events import WebhookEvent

PORTION = 2
walkers = {"aino@example.fi": ["Nuuksio"]}


def network_page_types() -> list[type]:
    return [ExcursionPage]


class Campfire(MeetingProvider):
    """Meetings on our own server, which has an address for each key."""

    name = "campfire"
    label = "Campfire"

    def make(self, meeting: Meeting) -> MadeMeeting:
        return MadeMeeting(f"https://campfire.example.fi/{meeting.key}", reference=meeting.key)

    def move(self, meeting: Meeting, made: MadeMeeting) -> MadeMeeting:
        return made

    def withdraw(self, made: MadeMeeting) -> None:
        """Do nothing: the server forgets meetings by itself."""


def meeting_providers() -> list[MeetingProvider]:
    return [Campfire()]


def page_notices() -> list[str]:
    return ["plugin_app/notice.html"]


def stylesheets() -> list[str]:
    return ["plugin_app/excursion.css"]


class ExcursionItem(PageItem):
    """An excursion in the API."""

    distance_km: int


class Excursions(Resource[ExcursionPage, ListQuery]):
    name = "excursions"
    one = "excursion"
    description = "The public excursions in the language."
    item = ExcursionItem

    def public(self, scope: Scope) -> QuerySet[ExcursionPage]:
        return scope.pages(ExcursionPage.objects.order_by("sort_start", "pk"))

    def items(self, rows: Sequence[ExcursionPage], scope: Scope) -> list[ExcursionItem]:
        topics = topics_of(rows)
        return [
            ExcursionItem(**page_fields(page, page.summary, topics, scope), distance_km=page.distance_km)
            for page in rows
        ]


def api() -> list[AnyResource]:
    return [Excursions()]


def recount_visits(job: AbstractJob) -> dict[str, Any]:
    """Count in portions. ``advance`` writes each portion's progress; the job goes on from there when it is cut off."""
    position = job.done
    while position < job.total:
        position = engine.advance(job, position, min(PORTION, job.total - position))
    return {"visits": position}


def jobs() -> dict[str, Handler]:
    return {"recount_visits": recount_visits}


def registration_columns() -> list[RegistrationColumn]:
    return [RegistrationColumn(name="checked_in_at", label="Back from the forest")]


def lose(registration: Registration, *, user: Any, **arguments: Any) -> None:
    attendance.record_attendance(registration=registration, attendance=Attendance.ABSENT, user=user)


def bulk_actions() -> dict[str, BulkAction]:
    return {"lost": BulkAction(label="Lost in the forest", statuses=(RegistrationStatus.CONFIRMED,), apply=lose)}


def webhook_events() -> list[WebhookEvent]:
    return [WebhookEvent(name="walk.begun", label="A walk begins")]


def menu_item() -> MenuItem:
    return MenuItem("Maps", reverse_lazy("wagtailadmin_home"), name="maps", order=90)


def is_walker(desk: Desk, email: str) -> bool:
    return email in walkers


def member_checks() -> list[MemberCheck]:
    return [is_walker]


def walks_of(email: str) -> list[dict[str, Any]]:
    return [{"place": place} for place in walkers.get(email, [])]


def forget(email: str) -> int:
    return len(walkers.pop(email, []))


def personal_data() -> list[PersonalDataStore]:
    return [PersonalDataStore("walks", walks_of, forget)]


def processing() -> list[ProcessingActivity]:
    return [
        ProcessingActivity(
            title="Walks",
            purpose="To lead walks.",
            legal_basis="Consent",
            persons="Walkers",
            data="Email address, walks",
            retention=lambda: "A year",
            stores=("walks",),
        )
    ]


def recipients() -> list[Recipient]:
    return [Recipient(name="The huts’ landlord", receives=lambda desk: desk.title == "A night in a hut")]


def controller() -> Controller | None:
    return Controller(name="Metsäseura", email="tietosuoja@example.fi")


def links_to_walks(email: str, language: str) -> list[tuple[str, str]]:
    return [("Walks", f"https://example.fi/walks/{language}/")] if email == "walker@example.fi" else []


def personal_links() -> list[PersonalLinks]:
    return [links_to_walks]


def not_in_winter(user: Any, page: Any, *, by_approval: bool = False) -> str:
    return "Excursions are not published in winter." if page.title == "Talviretki" else ""


def link_of_all(keys: Collection[str], language: str) -> dict[str, TargetLink]:
    return {key: TargetLink("Excursions", "https://example.fi/excursions") for key in keys}


def subscription_targets() -> list[TargetKind]:
    return [
        TargetKind(
            name="excursions",
            label="Excursions",
            links=link_of_all,
            pages=lambda key, language: ExcursionPage.objects.filter(locale__language_code=language),
        )
    ]


def subscription_pages() -> list[FollowedPageKind]:
    return [FollowedPageKind(model=ExcursionPage, new="New excursion")]


def scheduled_work() -> dict[str, Step]:
    return {"count_excursions": Step(lambda: 7, label="Count excursions", at=time(4))}


def find_buses() -> Finding:
    return Finding(Status.ATTENTION, "2 buses are late.", "Call the company.", {"buses_late": 2})


def health_checks() -> list[HealthCheck]:
    return [HealthCheck("buses", "Buses", find_buses)]


def sensitive_views() -> list[str]:
    return ["excursion_keys"]


def publishing_rules() -> list[PublishingRule]:
    return [not_in_winter]


def translation_deadlines() -> Callable[[Collection[UUID] | None], dict[UUID, Deadline]]:
    return deadlines_of_excursions


def deadlines_of_excursions(keys: Collection[UUID] | None) -> dict[UUID, Deadline]:
    pages = ExcursionPage.objects.all() if keys is None else ExcursionPage.objects.filter(translation_key__in=keys)
    return {page.translation_key: Deadline(happens_at=page.starts_at) for page in pages}


def related_translations() -> Callable[[Any, Any], list[RelatedTranslation]]:
    return maps_of


def maps_of(original: Any, version: Any) -> list[RelatedTranslation]:
    return [RelatedTranslation(label="Map", url="/admin/maps/", is_done=False)]
