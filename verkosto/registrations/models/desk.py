from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from verkosto.registrations.models.querysets import DeskQuerySet


class Desk(models.Model):
    """What the translations of a registrable page share: one capacity, one waiting list, one set of registrations.

    Written by ``projection.project`` when the original page is published; never by hand. It outlives its page.
    """

    class Eligibility(models.TextChoices):
        ANYONE = "anyone", _("Anyone")
        DECLARED = "declared", _("Anyone who confirms that they belong to the target group")
        MEMBERS = "members", _("Members of the networks")
        INVITED = "invited", _("People with a personal invitation")

    class Promotion(models.TextChoices):
        AUTOMATIC = "automatic", _("Automatically: the first person on the waiting list gets the place")
        OFFER = (
            "offer",
            _("By offer: the first person on the waiting list is offered the place and must answer by a deadline"),
        )

    translation_key = models.UUIDField(_("key"), unique=True, editable=False)
    original_language = models.CharField(_("language of the original"), max_length=100)
    # {language: RegistrationFacts as JSON + the editor's words + path}, one entry for each published language version.
    versions = models.JSONField(default=dict, blank=True)
    is_open = models.BooleanField(_("enable registration"), default=True)
    has_page = models.BooleanField(_("its page is public"), default=True)
    # treebeard path of the original at its last publication: rights by subtree hold after the page is gone.
    tree_path = models.CharField(max_length=255, blank=True, db_index=True)

    status = models.CharField(_("status of the event"), max_length=20, default="scheduled")
    starts_at = models.DateTimeField(_("starts"), null=True, blank=True, db_index=True)
    ends_at = models.DateTimeField(_("ends"), null=True, blank=True, db_index=True)
    calendar_sequence = models.PositiveIntegerField(default=0)

    opens_at = models.DateTimeField(_("registration opens"), null=True, blank=True)
    closes_at = models.DateTimeField(_("registration closes"), null=True, blank=True)
    changes_close_at = models.DateTimeField(_("changes until"), null=True, blank=True)
    capacity = models.PositiveIntegerField(_("places"), null=True, blank=True)
    waiting_list = models.BooleanField(_("waiting list"), default=True)
    waiting_list_length = models.PositiveIntegerField(_("length of the waiting list"), null=True, blank=True)
    promotion = models.CharField(
        _("when a place becomes available"), max_length=20, choices=Promotion.choices, default=Promotion.AUTOMATIC
    )
    offer_hours = models.PositiveIntegerField(_("hours to answer an offer"), default=48)
    places_per_registration = models.PositiveIntegerField(_("places in one registration"), default=1)
    limit_per_organisation = models.PositiveIntegerField(_("places for one organisation"), null=True, blank=True)
    needs_approval = models.BooleanField(_("needs approval"), default=False)
    confirm_email = models.BooleanField(_("asks to confirm the address"), default=False)
    confirm_hours = models.PositiveIntegerField(_("hours to confirm the address"), default=24)
    eligibility = models.CharField(
        _("who may register"), max_length=20, choices=Eligibility.choices, default=Eligibility.ANYONE
    )
    show_places_left = models.BooleanField(_("shows the places left"), default=True)
    reminder_hours = models.PositiveIntegerField(
        _("hours before the start to send the reminder"), null=True, blank=True
    )
    reminded_at = models.DateTimeField(null=True, blank=True, editable=False)
    joining_visible_from = models.DateTimeField(_("send joining instructions from"), null=True, blank=True)
    joining_sent_at = models.DateTimeField(null=True, blank=True, editable=False)

    privacy_notice = models.ForeignKey(
        "verkosto_directory.PrivacyNotice",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("privacy notice"),
    )
    retention_days = models.PositiveIntegerField(_("days to keep registrations"), default=180)
    sensitive_retention_days = models.PositiveIntegerField(_("days to keep sensitive answers"), default=14)
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
    def title(self) -> str:
        """The page's title in the active language, or in the original's."""
        return str(self.version().get("title") or self.translation_key)

    def version(self, language: str | None = None) -> dict[str, Any]:
        """The facts and words in a language; what that language does not have comes from the original's.

        `language` is that of the words.
        """
        wanted = language or get_language() or ""
        own = self.versions.get(wanted) or {}
        original = self.versions.get(self.original_language) or {}
        language = wanted if own else self.original_language
        words = {**original, **own, "language": language}
        words["where_language"] = words.get("where_language") or language
        return words

    def url(self, language: str | None = None) -> str:
        """The page's address in a language, without host; "" when it has none."""
        return str(self.version(language).get("url", ""))

    @property
    def opens_later(self) -> bool:
        return self.opens_at is not None and self.opens_at > timezone.now()

    @property
    def has_closed(self) -> bool:
        return self.closes_at is not None and self.closes_at <= timezone.now()

    @property
    def takes_registrations(self) -> bool:
        """Whether a visitor may register now, places or not."""
        return (
            self.is_open
            and self.has_page
            and self.status != "cancelled"
            and not self.opens_later
            and not self.has_closed
        )

    @property
    def takes_changes(self) -> bool:
        """Whether registrants may still change or cancel by themselves."""
        until = self.changes_close_at or self.ends_at
        return until is None or until > timezone.now()


class Pool(models.Model):
    """A counter of places, claimed by one conditional UPDATE (see ``pools.py``)."""

    class Kind(models.TextChoices):
        DESK = "desk", _("Places")
        ORGANISATION = "organisation", _("Organisation")
        CHOICE = "choice", _("Choice")
        WAITING = "waiting", _("Waiting list")

    desk = models.ForeignKey(Desk, on_delete=models.CASCADE, related_name="pools")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    # "" for the desk and its waiting list, the organisation's key, or "<question key>:<choice key>".
    key = models.CharField(max_length=255, blank=True)
    capacity = models.PositiveIntegerField(_("places"), null=True, blank=True)
    taken = models.PositiveIntegerField(_("taken"), default=0)

    class Meta:
        verbose_name = _("pool of places")
        verbose_name_plural = _("pools of places")
        constraints = [models.UniqueConstraint(fields=["desk", "kind", "key"], name="registrations_one_pool_a_key")]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}".strip()

    @property
    def left(self) -> int | None:
        """Free places; None when there is no limit."""
        return None if self.capacity is None else max(self.capacity - self.taken, 0)

    @property
    def is_full(self) -> bool:
        return self.left == 0
