"""What visitors, calendars and registrants are told by the pages of events."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils import translation
from django.utils.functional import SimpleLazyObject, cached_property
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from wagtail.models import Page

from event_pages.agenda import AgendaDay, WithAgenda, agenda_of
from event_pages.structured_data import as_script_content, event_data
from verkosto.core.formats import format_day
from verkosto.core.html import in_language
from verkosto.core.locales import lang_if_different, language_code_of
from verkosto.core.renditions import give_renditions, renditions_of
from verkosto.registrations.facts import CalendarEntry, RegistrationFacts

if TYPE_CHECKING:
    from django.http import HttpRequest

    from event_pages.models import EventPage, EventSeriesPage, Speaker
    from event_pages.querysets import EventQuerySet
    from verkosto.directory.models import Person


class EventPublicSide(WithAgenda):
    """The public side of an event."""

    @cached_property
    def series(self) -> EventSeriesPage | None:
        """The series that the event stands below. Two queries."""
        from event_pages.models import EventSeriesPage  # the models are built on this module

        parent = page_above(self)
        if parent is None or not issubclass(parent.specific_class or Page, EventSeriesPage):
            return None
        return parent.specific

    def shown_rows(self) -> dict[str, Any]:
        from event_pages.models import AgendaItem, AgendaSpeaker, Speaker  # the models are built on this module

        above = page_above(self)
        pictures = Speaker.objects.filter(page=self.pk).values("person__picture")
        speakers = AgendaSpeaker.objects.filter(item__page=above).select_related("person__organisation")
        return super().shown_rows() | {
            "speakers": self.speakers.select_related("person__organisation", "person__picture"),
            "pictures": renditions_of(pictures),
            "series_items": AgendaItem.objects.filter(page=above) if above else (),
            "series_speakers": speakers if above else (),
        }

    @cached_property
    def programme(self) -> list[AgendaDay]:
        """The agenda that visitors see: the event's own, or else that of its series."""
        return self.agenda or agenda_of(self.rows["series_items"], self.rows["series_speakers"])

    @cached_property
    def speaker_list(self) -> list[Speaker]:
        """Speakers of the whole event."""
        speakers = list(self.rows["speakers"])
        give_renditions((each.person.picture for each in speakers if each.person), self.rows["pictures"])
        return speakers

    @property
    def spoken_languages(self) -> list[str]:
        """Names of the languages of the event in the active language."""
        names = dict(settings.LANGUAGES)
        return [gettext(str(names[code])) for code in self.event_languages if code in names]

    @property
    def where_is_online(self) -> bool:
        """Whether one may take part online, perhaps among other ways."""
        return self.status == "moved_online" or self.attendance != "on_site"

    @property
    def where(self) -> str:
        """Where it is held, in one line: room, venue and address, or that it is online."""
        parts = [self.room, self.venue.name if self.venue else "", self.venue.address if self.venue else ""]
        return self._where(", ".join(part for part in parts if part))

    @property
    def where_html(self) -> SafeString:
        """The same for a page: with the language of a venue that is not in the page's."""
        venue, code = self.venue, language_code_of(self.venue)
        parts = [self.room, *([in_language(venue.name, code), in_language(venue.address, code)] if venue else [])]
        place = format_html_join(", ", "{}", ((part,) for part in parts if part))
        return SafeString(conditional_escape(self._where(place)))

    def _where(self, place: str) -> str:
        if self.status == "moved_online" or self.attendance == "online":
            return gettext("Online")
        if self.attendance != "hybrid":
            return place
        if not place:
            return gettext("On site and online")
        words = gettext("%(place)s, and online")
        return (
            format_html(words.replace("%(place)s", "{}"), place)
            if isinstance(place, SafeString)
            else words % {"place": place}
        )

    @property
    def days(self) -> tuple[date, date] | None:
        """First and last day that hold now, in the event's own zone; None where no day is known."""
        return (self.new_when or self.when).days

    @property
    def status_words(self) -> str:
        """What visitors are told beside the title: "" for an event held as planned."""
        if self.status == "scheduled":
            return ""
        if self.status != "postponed":
            return str(self.get_status_display())
        if self.postponed_until is None:
            return gettext("Postponed until further notice")
        return gettext("Postponed to %(day)s") % {"day": format_day(self.postponed_until)}

    @property
    def structured_data(self) -> SafeString | str:
        """schema.org/Event as the content of a JSON-LD script, or "" where no day is known."""
        data = event_data(self)  # type: ignore[arg-type]  # only an EventPage has this side
        return as_script_content(data) if data else ""

    @property
    def dates(self) -> str:
        """The date that holds, in words: the new one of a postponed event."""
        return (self.new_when or self.when).words()

    @property
    def calendar_uid(self) -> str:
        """The same in every language and for ever (RFC 5545 §3.8.4.7)."""
        return f"{self.translation_key}@verkosto"

    @property
    def registration_page(self) -> Any:
        """Where one registers for this event: here, or with its series where that takes one registration for all."""
        series = self.series
        if series and series.registration_enabled and series.registration_scope == "whole":
            return series
        return super().registration_page

    def registration_facts(self, language: str) -> RegistrationFacts:
        words = self.in_language(language)
        with translation.override(language):
            return RegistrationFacts(
                title=words.title,
                url=words.full_url or "",
                when=self.dates,
                where=words.where,
                where_language=lang_if_different(words.venue),
                on_site=self.attendance != "online" and self.status != "moved_online",
                status=self.status,
                status_note=words.status_note,
                starts_at=self.held_span[0],
                ends_at=self.held_span[1],
                joining=self.joining_url,
                joining_visible_from=self.joining_visible_from,
                entries=self.calendar_entries(words),
            )

    @property
    def held_span(self) -> tuple[Any, Any]:
        """First and last moment, aware; (None, None) where no day is known."""
        when = self.new_when or self.when
        return when.span if when.is_dated else (None, None)

    def calendar_entries(self, words: EventPage) -> tuple[CalendarEntry, ...]:
        """The event as an entry of a registrant's calendar, with the words of a language version."""
        starts_at, ends_at = self.held_span
        if starts_at is None:
            return ()
        return (
            CalendarEntry(
                uid=self.calendar_uid,
                title=words.title,
                starts_at=starts_at,
                ends_at=ends_at,
                timezone=self.timezone,
                whole_days=(self.new_when or self.when).precision != "exact",
                where=words.where,
                url=words.full_url or "",
                description=words.summary,
                cancelled=self.status == "cancelled",
                sequence=self.calendar_sequence,
            ),
        )


class SeriesPublicSide(WithAgenda):
    """The public side of a series."""

    @cached_property
    def events(self) -> list[EventPage]:
        """Its public events in order, also those postponed or without a date."""
        return list(self.rows["events"])

    @property
    def calendar_events(self) -> EventQuerySet:
        """What its calendar and feeds hold."""
        from event_pages.models import EventPage  # the models are built on this module

        return EventPage.objects.visible().of_series(self)

    @property
    def years(self) -> str:
        """ "2019–2020", "2019", or ""."""
        return year_run(self.first_year, self.last_year)

    def shown_rows(self) -> dict[str, Any]:
        picture = self.facilitator.picture_id if self.facilitator else None
        return super().shown_rows() | {
            "events": self.calendar_events.for_listing(),
            "places": self.places.select_related("venue"),
            "pictures": renditions_of([picture]) if picture else (),
        }

    @cached_property
    def facilitator_shown(self) -> Person | None:
        """The facilitator with their picture."""
        if self.facilitator:
            give_renditions([self.facilitator.picture], self.rows["pictures"])
        return self.facilitator

    @cached_property
    def place_list(self) -> list[Any]:
        return list(self.rows["places"])

    def registration_facts(self, language: str) -> RegistrationFacts:
        words = self.in_language(language)
        with translation.override(language):
            events = [self.drafts.get(event.pk, event) for event in self.calendar_events.select_related("venue")]
            spans = [event.held_span for event in events if event.held_span[0]]
            return RegistrationFacts(
                title=words.title,
                url=words.full_url or "",
                when=" ".join(part for part in (words.term, self.years) if part),
                starts_at=min((start for start, _ in spans), default=None),
                ends_at=max((end for _, end in spans), default=None),
                entries=tuple(
                    entry for event in events for entry in event.calendar_entries(event.in_language(language))
                ),
            )


class IndexPublicSide:
    """The public side of the calendar of events."""

    @property
    def calendar_events(self) -> EventQuerySet:
        """Every public event of the language, wherever it stands."""
        from event_pages.models import EventPage  # the models are built on this module

        return EventPage.objects.visible().of_site(self)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The page's context with ``filter`` (a form), ``events`` (one page of them) or, where the visitor chose a
        month, ``month`` (a grid) and all its events."""
        from event_pages import listing  # it uses the models, built on this module

        context = super().get_context(request, *args, **kwargs)
        chosen = listing.filter_of(self, request.GET)
        events = chosen.narrow(self.calendar_events)
        context["filter"] = chosen
        if chosen.month_shown:
            context["events"] = list(events.for_listing())
            context["month"] = listing.month_of_events(chosen.month_shown, context["events"])
        else:
            # Nothing is asked before the template does: it keeps the list.
            context["page_shown"] = number = listing.page_number(request.GET.get("page"))
            context["events"] = SimpleLazyObject(lambda: listing.page_of_events(events, number))
        return context


def page_above(page: Any) -> Page | None:
    """The live page that a page stands below: it came with the route as the last of the breadcrumbs."""
    parent = page.breadcrumbs[-1] if page.breadcrumbs else None
    return parent if parent is not None and parent.depth == page.depth - 1 else None


def year_run(first: int | None, last: int | None) -> str:
    """ "2019–2020", "2019", or "" where no year is known."""
    return f"{first}–{last}" if last and last != first else str(first or "")
