"""What visitors and registrants are told by networks, groups and programmes; what is theirs gathers by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db.models import Prefetch, Q
from django.utils import timezone, translation
from django.utils.functional import cached_property
from wagtail.models import Page

from base_pages.privacy import public_q
from event_pages.models import EventPage, EventSeriesPage, NetworkLink
from event_pages.pages import WithOrganisers, page_above, year_run
from event_pages.when import Precision, When
from registrations.facts import RegistrationFacts

if TYPE_CHECKING:
    from directory.models import Organisation
    from event_pages.querysets import EventQuerySet

    from .models import (
        CommitteeMember,
        LearningPair,
        NetworkPage,
        ProgrammePage,
        ProgrammeRoundPage,
        SmallGroupPage,
    )

#: How many events and stories a page shows before it leads to the list of all.
SHOWN = 6


class NetworkIndexPublicSide:
    """The public side of the list of networks."""

    @cached_property
    def networks(self) -> list[NetworkPage]:
        from .models import NetworkPage  # the models are built on this module

        return list(NetworkPage.objects.live().filter(public_q()).descendant_of(self).order_by("path").for_listing())

    @cached_property
    def small_groups(self) -> list[SmallGroupPage]:
        """Groups that belong to no network."""
        from .models import SmallGroupPage  # the models are built on this module

        return list(SmallGroupPage.objects.live().child_of(self).going_on().for_listing())


class NetworkPublicSide:
    """The public side of a network."""

    @cached_property
    def host_list(self) -> list[Organisation]:
        return [row.organisation for row in self.hosts.select_related("organisation__logo")]

    @cached_property
    def member_list(self) -> list[Organisation]:
        return [row.organisation for row in self.member_organisations.select_related("organisation")]

    @cached_property
    def committee_list(self) -> list[CommitteeMember]:
        return list(self.committee.select_related("person__organisation"))

    @cached_property
    def small_groups(self) -> list[SmallGroupPage]:
        from .models import SmallGroupPage  # the models are built on this module

        return list(SmallGroupPage.objects.live().child_of(self).going_on().for_listing())

    @property
    def people_in_groups(self) -> int:
        """How many people its groups have, as far as the groups tell."""
        return sum(group.member_count or 0 for group in self.small_groups)

    @cached_property
    def seasons(self) -> list[EventSeriesPage]:
        """Its series, the latest first."""
        series = EventSeriesPage.objects.live().filter(Q(pk__in=self.linked_pages) | Q(path__startswith=self.path))
        return list(series.order_by("-first_year", "-path").defer_streamfields())

    @property
    def calendar_events(self) -> EventQuerySet:
        """Its public events: those below it, and those elsewhere that name it."""
        return EventPage.objects.visible().in_locale(self.locale_id).of_network(self)

    @cached_property
    def nearest_events(self) -> list[EventPage]:
        """The next events and the latest ones in one query, in order."""
        events, now = self.calendar_events, timezone.now()
        near = [events.upcoming(now).values("pk")[:SHOWN], events.past(now).values("pk")[:SHOWN]]
        chosen = EventPage.objects.filter(Q(pk__in=near[0]) | Q(pk__in=near[1]))
        return list(chosen.chronological().for_listing())

    @property
    def upcoming_events(self) -> list[EventPage]:
        now = timezone.now()
        return [event for event in self.nearest_events if event.sort_end >= now]

    @property
    def past_events(self) -> list[EventPage]:
        """The latest first."""
        now = timezone.now()
        return [event for event in reversed(self.nearest_events) if event.sort_end < now]

    @cached_property
    def stories(self) -> list[Page]:
        """News below it and those elsewhere that name it, the latest first, as pages of their own type."""
        pages = Page.objects.filter(Q(pk__in=self.linked_pages) | Q(pk__in=self.get_children().values("pk")))
        return latest_stories(pages.filter(locale_id=self.locale_id))

    @property
    def linked_pages(self) -> Any:
        return NetworkLink.objects.filter(network_page__translation_key=self.translation_key).values("page")

    def registration_facts(self, language: str) -> RegistrationFacts:
        words = self.in_language(language)
        return RegistrationFacts(title=words.title, url=words.full_url or "", when=words.rhythm)


class SmallGroupPublicSide:
    """The public side of a small group."""

    @cached_property
    def network(self) -> Page | None:
        """The network it belongs to, or None for a group that stands by itself."""
        parent = page_above(self)
        if parent is None or not issubclass(parent.specific_class or Page, NetworkPublicSide):
            return None
        return parent.specific

    @property
    def takes_members(self) -> bool:
        return self.status in ("forming", "active")

    def registration_facts(self, language: str) -> RegistrationFacts:
        words = self.in_language(language)
        return RegistrationFacts(title=words.title, url=words.full_url or "")


class ProgrammePublicSide(WithOrganisers):
    """The public side of a programme."""

    @property
    def years(self) -> str:
        """ "2008–2018", "2019–" for a programme that goes on, or ""."""
        if self.first_year and not self.last_year and not self.is_closed:
            return f"{self.first_year}–"
        return year_run(self.first_year, self.last_year)

    @cached_property
    def rounds(self) -> list[ProgrammeRoundPage]:
        from .models import ProgrammeRoundPage  # the models are built on this module

        return list(ProgrammeRoundPage.objects.live().child_of(self).latest_first().for_listing())

    @cached_property
    def stories(self) -> list[Page]:
        """News below the programme and its rounds, the latest first."""
        return latest_stories(Page.objects.descendant_of(self))


class RoundPublicSide(WithOrganisers):
    """The public side of a round."""

    @cached_property
    def programme(self) -> ProgrammePage | None:
        """The programme of the round, where that is published."""
        parent = page_above(self)
        return parent.specific if parent else None

    @property
    def when(self) -> When:
        precision = Precision.DATE if self.starts_on else Precision.UNANNOUNCED
        return When(precision=precision, zone=settings.TIME_ZONE, first_day=self.starts_on, last_day=self.ends_on)

    @cached_property
    def participant_list(self) -> list[Organisation]:
        return [row.organisation for row in self.participants.select_related("organisation")]

    @cached_property
    def pairs(self) -> list[LearningPair]:
        """The learning pairs with their organisations. Two queries."""
        from .models import PairMember  # the models are built on this module

        members = PairMember.objects.select_related("organisation")
        return list(self.learning_pairs.prefetch_related(Prefetch("members", members)))

    @cached_property
    def stories(self) -> list[Page]:
        """Stories below the round and those it names, the latest first."""
        from .models import StoryLink  # the models are built on this module

        keys = StoryLink.objects.filter(page=self.pk).values("story__translation_key")
        pages = Page.objects.filter(Q(pk__in=self.get_children().values("pk")) | Q(translation_key__in=keys))
        return latest_stories(pages.filter(locale_id=self.locale_id))

    def registration_facts(self, language: str) -> RegistrationFacts:
        words = self.in_language(language)
        with translation.override(language):
            starts_at, ends_at = self.when.span if self.starts_on else (None, None)
            return RegistrationFacts(
                title=words.title,
                url=words.full_url or "",
                when=self.when.words() if self.starts_on else "",
                starts_at=starts_at,
                ends_at=ends_at,
            )


def latest_stories(pages: Any) -> list[Page]:
    """The pages that tell something: neither events nor series, groups or rounds. One query and one a type."""
    from .models import NetworkPage, ProgrammeRoundPage, SmallGroupPage  # the models are built on this module

    other = (EventPage, EventSeriesPage, NetworkPage, ProgrammeRoundPage, SmallGroupPage)
    stories = pages.live().not_type(*other).order_by("-first_published_at")
    return list(stories.specific(defer=False)[:SHOWN])
