from datetime import datetime
from typing import cast

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from verkosto.core.page_urls import absolute_url
from verkosto.registrations.enums import Eligibility, EventStatus, Handover, Opening
from verkosto.registrations.facts import CalendarEntry, StoredEntry, StoredVersion
from verkosto.registrations.models.opening import opening_of
from verkosto.registrations.models.querysets import DeskQuerySet
from verkosto.registrations.models.settings import RegistrationSettings


class Desk(RegistrationSettings):
    """What the translations of a registrable page share: one capacity, one waiting list, one set of registrations.

    Written by ``sync/publish.py`` when a page is published, never by hand. It outlives its page.
    """

    translation_key = models.UUIDField(_("key"), unique=True, editable=False)
    original_language = models.CharField(_("language of the original"), max_length=100)
    # {language: the page's title, path, facts and texts in it}, one entry for each published language version.
    versions = models.JSONField(default=dict, blank=True)
    is_open = models.BooleanField(_("enable registration"), default=True)
    has_page = models.BooleanField(_("its page is public"), default=True)
    # treebeard path of the original at its last publication: permissions by subtree hold after the page is gone.
    tree_path = models.CharField(max_length=255, blank=True, db_index=True)

    status = models.CharField(_("status of the event"), max_length=20, default=EventStatus.SCHEDULED)
    starts_at = models.DateTimeField(_("starts"), null=True, blank=True, db_index=True)
    ends_at = models.DateTimeField(_("ends"), null=True, blank=True, db_index=True)
    calendar_sequence = models.PositiveIntegerField(default=0)
    # {"name", "email"}: in whose name calendar entries are sent. It stays once people have registered.
    organizer = models.JSONField(default=dict, blank=True, editable=False)

    opens_at = models.DateTimeField(_("registration opens"), null=True, blank=True)
    closes_at = models.DateTimeField(_("registration closes"), null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True, editable=False)
    joining_visible_from = models.DateTimeField(_("send joining instructions from"), null=True, blank=True)
    joining_sent_at = models.DateTimeField(null=True, blank=True, editable=False)

    purged_at = models.DateTimeField(_("data erased"), null=True, blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = DeskQuerySet.as_manager()

    class Meta:
        verbose_name = _("registrations of a page")
        verbose_name_plural = _("registrations of pages")
        ordering = ["-starts_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(opens_at__isnull=True) | Q(closes_at__isnull=True) | Q(closes_at__gt=F("opens_at")),
                name="registrations_desk_opens_before_it_closes",
                violation_error_message=_("Registration closes before it opens."),
            ),
            models.CheckConstraint(
                condition=Q(places_per_registration__gte=1),
                name="registrations_desk_at_least_one_place",
                violation_error_message=_("A registration takes at least one place."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def most_places(self) -> int:
        """How many places one registration may take: never more than there are, for which it would wait in vain."""
        if self.capacity is None:
            return self.places_per_registration
        return min(self.places_per_registration, max(self.capacity, 1))

    @property
    def title(self) -> str:
        """The page's title in the active language, or in the original's."""
        return str(self.version().get("title") or self.translation_key)

    def version(self, language: str | None = None) -> StoredVersion:
        """Return the facts and texts in a language; what that language does not have comes from the original.

        ``["language"]`` is the language that the texts are in.
        """
        wanted = language or get_language() or ""
        own = self.versions.get(wanted) or {}
        original = self.versions.get(self.original_language) or {}
        language = wanted if own else self.original_language
        version = cast("StoredVersion", {**original, **own, "language": language})
        version["where_language"] = version.get("where_language") or language
        if version.get("site"):  # another site of the project than the default one
            version["url"] = absolute_url(str(version.get("url", "")), version["site"])
        return version

    def organiser_name(self, language: str) -> str:
        """Return the name in a language of the organiser whose address is stored; "" if there is none."""
        version = self.version(language)
        is_same = version.get("organiser_email") == self.organizer.get("email")
        return str((is_same and version.get("organiser")) or self.organizer.get("name") or "")

    def url(self, language: str | None = None) -> str:
        """Return the page's URL in a language, without host; "" when it has none."""
        return str(self.version(language).get("url", ""))

    def meetings(self, language: str | None = None) -> list[CalendarEntry]:
        """Return the meetings of a series in order of time, in a language; [] for the desk of a single event.

        A meeting without a day is left out: there is nothing yet that one could come to.
        """
        stored = self.version(language).get("entries", [])
        entries = [CalendarEntry.from_json(entry) for entry in stored if self.is_meeting(entry)]
        return sorted(entries, key=lambda entry: (entry.starts_at, entry.uid))

    def is_meeting(self, entry: StoredEntry) -> bool:
        """Return whether a calendar entry is a meeting of a series. The UID of the event itself begins with its key."""
        return not entry["uid"].startswith(str(self.translation_key))

    def meeting(self, uid: str, language: str | None = None) -> CalendarEntry | None:
        """Return the meeting with a UID, in a language; None for an unknown one."""
        return next((meeting for meeting in self.meetings(language) if meeting.uid == uid), None)

    @property
    def timezone(self) -> str:
        """The zone in which its times are shown (IANA name): that of its event, else the site's."""
        return str(self.version().get("timezone") or settings.TIME_ZONE)

    @property
    def stated_deadline(self) -> datetime | None:
        """When registration closes, where that is before the event ends; nobody is asked to register by its end."""
        return None if self.closes_at == self.ends_at else self.closes_at

    @property
    def has_closed(self) -> bool:
        return self.closes_at is not None and self.closes_at <= timezone.now()

    @property
    def opening(self) -> Opening:
        """Whether a visitor may register now, places or not."""
        return opening_of(self)

    @property
    def takes_registrations(self) -> bool:
        """Whether a visitor may register now, places or not."""
        return self.opening == Opening.OPEN

    @property
    def eligibility_now(self) -> str:
        """Who may register now: anyone where only some places are kept for members, and after they were."""
        is_over = self.members_until is not None and self.members_until <= timezone.now()
        is_for_all = self.eligibility == Eligibility.MEMBERS and (is_over or self.keeps_some_places)
        return Eligibility.ANYONE if is_for_all else self.eligibility

    @property
    def has_kept_places(self) -> bool:
        """Whether a number of its places is, or was, kept for members."""
        is_for_members = self.eligibility == Eligibility.MEMBERS and self.members_until is not None
        return is_for_members and self.kept_places is not None and self.capacity is not None

    @property
    def keeps_some_places(self) -> bool:
        """Whether a number of its places is kept for members now. Others may take the rest."""
        is_before = self.members_until is not None and self.members_until > timezone.now()
        return self.has_kept_places and is_before

    @property
    def places_for_others(self) -> int | None:
        """How many places others than members may have now, of all its places; None for no such limit."""
        if not self.keeps_some_places or self.capacity is None or self.kept_places is None:
            return None
        return max(self.capacity - self.kept_places, 0)

    @property
    def knows_by_address(self) -> bool:
        """Whether the address says what somebody may have now: members and invited people are known by theirs."""
        by_address = (Eligibility.MEMBERS, Eligibility.INVITED)
        return self.keeps_some_places or self.eligibility_now in by_address

    @property
    def takes_several_per_address(self) -> bool:
        """Whether one address may register several people; not where the address says who may."""
        return self.several_per_address and not self.knows_by_address

    @property
    def handover_now(self) -> str:
        """Whether people may hand over their places now: only with consent where the organiser chooses who comes."""
        is_chosen = self.needs_approval or self.knows_by_address
        return Handover.WITH_CONSENT if is_chosen and self.handover == Handover.FREELY else self.handover

    @property
    def takes_changes(self) -> bool:
        """Whether registrants may still change or cancel by themselves."""
        until = self.changes_close_at or self.ends_at
        return until is None or until > timezone.now()
