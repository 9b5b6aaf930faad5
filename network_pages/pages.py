"""What visitors and registrants are told by networks, groups and programmes; what is theirs gathers by itself."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils import timezone, translation
from django.utils.functional import cached_property
from wagtail.models import Page, get_page_models

from event_pages.agenda import WithOrganisers
from event_pages.models import EventPage, EventSeriesPage, NetworkLink
from event_pages.pages import page_above, year_run
from event_pages.when import Precision, When
from verkosto.core.models import BasePage
from verkosto.core.prefetch import ShowsRows, hand_out
from verkosto.core.renditions import give_renditions, renditions_of
from verkosto.core.view_restrictions import public_q
from verkosto.registrations.facts import RegistrationFacts

if TYPE_CHECKING:
    from wagtail.query import PageQuerySet

    from event_pages.models import Organiser
    from event_pages.querysets import EventQuerySet
    from network_pages.models import CommitteeMember, LearningPair, NetworkPage, ProgrammeRoundPage, SmallGroupPage
    from verkosto.directory.models import Organisation, Person

#: How many events and stories a page shows before it leads to the list of all.
SHOWN = 6
STORIES = "stories of "
NEVER = datetime.min.replace(tzinfo=UTC)


class NetworkIndexPublicSide(ShowsRows):
    """The public side of the list of networks."""

    def shown_rows(self) -> dict[str, Any]:
        from network_pages.models import NetworkPage, SmallGroupPage  # the models are built on this module

        networks = NetworkPage.objects.live().filter(public_q()).descendant_of(self)
        return super().shown_rows() | {
            "list": networks.order_by("path").for_listing(),
            "small_groups": SmallGroupPage.objects.live().child_of(self).going_on().for_listing(),
        }

    @cached_property
    def networks(self) -> list[NetworkPage]:
        return list(self.rows["list"])

    @cached_property
    def small_groups(self) -> list[SmallGroupPage]:
        """Groups that belong to no network."""
        return list(self.rows["small_groups"])


class TellsStories(ShowsRows):
    """A page with the news that concern it."""

    @property
    def story_pages(self) -> Q:
        """Which pages may tell its stories."""
        raise NotImplementedError

    def shown_rows(self) -> dict[str, Any]:
        stories = latest_stories(self.story_pages)
        images = [pages.values("listing_image") for pages in stories.values()]
        return super().shown_rows() | stories | {"story_pictures": renditions_of(*images)}

    @cached_property
    def stories(self) -> list[Page]:
        """The latest first, as pages of their own type."""
        found = [story for name, rows in self.rows.items() if name.startswith(STORIES) for story in rows]
        shown = sorted(found, key=lambda story: story.first_published_at or NEVER, reverse=True)[:SHOWN]
        give_renditions((story.listing_image for story in shown), self.rows["story_pictures"])
        return shown


class NetworkPublicSide(TellsStories):
    """The public side of a network."""

    def shown_rows(self) -> dict[str, Any]:
        from network_pages.models import SmallGroupPage  # the models are built on this module

        series = EventSeriesPage.objects.live().filter(Q(pk__in=self.linked_pages) | Q(path__startswith=self.path))
        picture = self.facilitator.picture_id if self.facilitator else None
        return super().shown_rows() | {
            "hosts": self.hosts.select_related("organisation"),
            "members": self.member_organisations.select_related("organisation"),
            "committee": self.committee.select_related("person__organisation"),
            "small_groups": SmallGroupPage.objects.live().child_of(self).going_on().for_listing(),
            "seasons": series.order_by("-first_year", "-path").defer_streamfields(),
            "events": self.nearest_events,
            "pictures": renditions_of([picture]) if picture else (),
        }

    @cached_property
    def facilitator_shown(self) -> Person | None:
        """The facilitator with their picture."""
        if self.facilitator:
            give_renditions([self.facilitator.picture], self.rows["pictures"])
        return self.facilitator

    @cached_property
    def host_list(self) -> list[Organisation]:
        return [row.organisation for row in self.rows["hosts"]]

    @cached_property
    def member_list(self) -> list[Organisation]:
        return [row.organisation for row in self.rows["members"]]

    @cached_property
    def committee_list(self) -> list[CommitteeMember]:
        return list(self.rows["committee"])

    @cached_property
    def small_groups(self) -> list[SmallGroupPage]:
        return list(self.rows["small_groups"])

    @property
    def people_in_groups(self) -> int:
        """How many people its groups have, as far as the groups tell."""
        return sum(group.member_count or 0 for group in self.small_groups)

    @cached_property
    def seasons(self) -> list[EventSeriesPage]:
        """Its series, the latest first."""
        return list(self.rows["seasons"])

    @property
    def calendar_events(self) -> EventQuerySet:
        """Its public events: those below it, and those elsewhere that name it."""
        return EventPage.objects.visible().in_locale(self.locale_id).of_network(self)

    @property
    def nearest_events(self) -> EventQuerySet:
        """The next events and the latest ones, in order."""
        events, now = self.calendar_events, timezone.now()
        near = [events.upcoming(now).values("pk")[:SHOWN], events.past(now).values("pk")[:SHOWN]]
        return EventPage.objects.filter(Q(pk__in=near[0]) | Q(pk__in=near[1])).chronological().for_listing()

    @property
    def upcoming_events(self) -> list[EventPage]:
        now = timezone.now()
        return [event for event in self.rows["events"] if event.sort_end >= now]

    @property
    def past_events(self) -> list[EventPage]:
        """The latest first."""
        now = timezone.now()
        return [event for event in reversed(self.rows["events"]) if event.sort_end < now]

    @property
    def story_pages(self) -> Q:
        """News below it, and those elsewhere that name it."""
        named = Q(pk__in=self.linked_pages) | Q(pk__in=self.get_children().values("pk"))
        return named & Q(locale_id=self.locale_id)

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


class ProgrammePublicSide(TellsStories, WithOrganisers):
    """The public side of a programme."""

    @property
    def years(self) -> str:
        """ "2008–2018", "2019–" for a programme that goes on, or ""."""
        if self.first_year and not self.last_year and not self.is_closed:
            return f"{self.first_year}–"
        return year_run(self.first_year, self.last_year)

    def shown_rows(self) -> dict[str, Any]:
        from network_pages.models import ProgrammeRoundPage  # the models are built on this module

        rounds = ProgrammeRoundPage.objects.live().child_of(self).latest_first().for_listing()
        organisers = self.organisers.select_related("organisation")
        return super().shown_rows() | {"rounds": rounds, "organisers": organisers}

    @cached_property
    def organiser_list(self) -> list[Organiser]:
        return list(self.rows["organisers"])

    @cached_property
    def rounds(self) -> list[ProgrammeRoundPage]:
        return list(self.rows["rounds"])

    @property
    def story_pages(self) -> Q:
        """News below the programme and its rounds."""
        return Q(path__startswith=self.path, depth__gt=self.depth)


class RoundPublicSide(TellsStories, WithOrganisers):
    """The public side of a round."""

    def shown_rows(self) -> dict[str, Any]:
        from network_pages.models import PairMember  # the models are built on this module

        return super().shown_rows() | {
            "organisers": self.organisers.select_related("organisation"),
            "participants": self.participants.select_related("organisation"),
            "pairs": self.learning_pairs.all(),
            "pair_members": PairMember.objects.filter(pair__page=self.pk).select_related("organisation"),
        }

    @property
    def programme(self) -> Page | None:
        """The programme of the round, where that is published."""
        return page_above(self)

    @cached_property
    def organiser_list(self) -> list[Organiser]:
        return list(self.rows["organisers"])

    @property
    def when(self) -> When:
        precision = Precision.DATE if self.starts_on else Precision.UNANNOUNCED
        return When(precision=precision, zone=settings.TIME_ZONE, first_day=self.starts_on, last_day=self.ends_on)

    @cached_property
    def participant_list(self) -> list[Organisation]:
        return [row.organisation for row in self.rows["participants"]]

    @cached_property
    def pairs(self) -> list[LearningPair]:
        """The learning pairs with their organisations. In a preview the pairs bring theirs."""
        pairs = self.rows["pairs"]
        if isinstance(pairs, QuerySet):
            hand_out(pairs, "members", self.rows["pair_members"], "pair_id")
        return list(pairs)

    @property
    def story_pages(self) -> Q:
        """Stories below the round, and those it names."""
        from network_pages.models import StoryLink  # the models are built on this module

        keys = StoryLink.objects.filter(page=self.pk).values("story__translation_key")
        named = Q(pk__in=self.get_children().values("pk")) | Q(translation_key__in=keys)
        return named & Q(locale_id=self.locale_id)

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


def latest_stories(chosen: Q) -> dict[str, PageQuerySet]:
    """The latest of the chosen pages that tell something, a queryset for each type of page that does."""
    return {
        f"{STORIES}{model._meta.label}": model._default_manager.live()
        .filter(chosen)
        .select_related("listing_image")
        .defer_streamfields()
        .order_by("-first_published_at")[:SHOWN]
        for model in story_types()
    }


@cache
def story_types() -> list[type[BasePage]]:
    """The types of pages that tell something of a day: those with a date of publication, as news have."""
    dated = [model for model in get_page_models() if issubclass(model, BasePage) and hasattr(model, "published_on")]
    return [model for model in dated if not any(issubclass(model, other) for other in dated if other is not model)]
