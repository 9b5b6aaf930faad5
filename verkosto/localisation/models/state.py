from __future__ import annotations

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Case, F, Q, When
from django.db.models.functions import Coalesce, Least
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale, Page, TranslatableMixin

# The columns of which the earlier is used. On SQLite, LEAST is NULL if one of its arguments is.
EITHER = ("deadline", "needed_by")


class TranslationStateQuerySet(models.QuerySet["TranslationState"]):
    def originals(self) -> TranslationStateQuerySet:
        return self.filter(state=TranslationState.State.ORIGINAL)

    def open(self) -> TranslationStateQuerySet:
        """Return the states that wait for a translator, or for somebody who publishes or approves."""
        return self.filter(state__in=TranslationState.OPEN)

    def waits_for_translator(self) -> TranslationStateQuerySet:
        """Return the states with missing translations, or with machine translations that no person has reviewed."""
        unreviewed = Q(machine_unreviewed__gt=0) & ~Q(state=TranslationState.State.DETACHED)
        return self.filter(Q(state__in=TranslationState.WAITS_FOR_TRANSLATOR) | unreviewed)

    def for_translators(self) -> TranslationStateQuerySet:
        """Return the states for which a translator has to translate, review, correct or submit.

        Versions of an original that is not live yet are included once it was submitted for translation, so that all
        languages can go live together.
        """
        unreviewed = Q(machine_unreviewed__gt=0) & ~Q(state=TranslationState.State.DETACHED)
        to_submit = Q(state=TranslationState.State.READY, goes_live_at=None)
        waiting = Q(state__in=TranslationState.WAITS_FOR_TRANSLATOR) | unreviewed | to_submit
        return self.filter(waiting, Q(original_live=True) | Q(translation_pk__isnull=False))

    def of(self, version: TranslatableMixin) -> TranslationStateQuerySet:
        return self.filter(translation_key=version.translation_key, locale_id=version.locale_id)

    def below(self, page: Page) -> TranslationStateQuerySet:
        """Return the states of the pages in the subtree of `page`, whichever language that is in."""
        tree = Page.objects.descendant_of(page, inclusive=True).values("translation_key")
        return self.filter(translation_key__in=tree)

    def by_deadline(self) -> TranslationStateQuerySet:
        """Order by urgency: rejected ones first, then open ones by the earliest need, then the others."""
        order = Case(
            When(is_rejected=True, then=0),
            When(Q(state__in=self.model.OPEN) | Q(versions_open__gt=0), then=1),
            default=2,
        )
        return self._by_need(order)

    def originals_by_deadline(self, versions: TranslationStateQuerySet) -> TranslationStateQuerySet:
        """Originals in the same order, as far as their `versions` are open: those that one user works on."""
        rejected, missing = versions.filter(is_rejected=True), versions.filter(state=TranslationState.State.MISSING)
        begun = versions.open().exclude(state=TranslationState.State.MISSING)
        # Not `Exists`, of each original: a list of keys is read once. What nobody waits for is in no list but the first.
        order = Case(
            When(translation_key__in=rejected.values("translation_key"), then=0),
            When(versions_open=0, then=3),
            When(translation_key__in=begun.values("translation_key"), then=1),
            When(translation_key__in=missing.values("translation_key"), then=2),
            default=3,
        )
        return self._by_need(order)

    def _by_need(self, order: Case) -> TranslationStateQuerySet:
        """By `order`, then by `due_at`: a deadline that somebody set, or the day that an app gave.

        An event that is over needs no translation by its day, and a day that has passed is replaced by the event's.
        """
        now = timezone.now()
        day = Case(
            When(happens_at__lt=now, then=F("deadline")),
            When(needed_by__lt=now, then=Coalesce(Least("deadline", "happens_at"), "deadline", "happens_at")),
            default=Coalesce(Least("deadline", "needed_by"), *EITHER),
        )
        return self.annotate(due_at=day).order_by(order, F("due_at").asc(nulls_last=True), "title", "pk")


class TranslationState(models.Model):
    """The state of one page or snippet in one language. Stored, so that lists of thousands are cheap.

    Written by `verkosto.localisation.states` alone, but for `assigned_to` and `deadline`.
    """

    class State(models.TextChoices):
        ORIGINAL = "original", _("Original")
        MISSING = "missing", _("Missing")
        TO_DO = "to_do", _("To do")
        IN_PROGRESS = "in_progress", _("In progress")
        OUTDATED = "outdated", _("Outdated")
        READY = "ready", _("Ready")
        IN_MODERATION = "in_moderation", _("In moderation")
        UP_TO_DATE = "up_to_date", _("Up to date")
        DETACHED = "detached", _("Detached")

    WAITS_FOR_TRANSLATOR = (State.TO_DO, State.IN_PROGRESS, State.OUTDATED)
    OPEN = (State.MISSING, *WAITS_FOR_TRANSLATOR, State.READY, State.IN_MODERATION)

    translation_key = models.UUIDField()
    locale = models.ForeignKey(Locale, on_delete=models.CASCADE, related_name="+", verbose_name=_("language"))
    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+", verbose_name=_("type"))
    is_page = models.BooleanField()
    object_pk = models.CharField(max_length=64, blank=True)
    source_pk = models.BigIntegerField(null=True)
    translation_pk = models.BigIntegerField(null=True)
    title = models.CharField(_("title"), max_length=255)
    original_live = models.BooleanField(default=True)
    # When the version goes live, if it is not live yet and scheduled.
    goes_live_at = models.DateTimeField(null=True)

    state = models.CharField(_("state"), max_length=20, choices=State)
    strings_done = models.PositiveIntegerField(default=0)
    strings_total = models.PositiveIntegerField(default=0)
    words_left = models.PositiveIntegerField(_("words to translate"), default=0)
    machine_unreviewed = models.PositiveIntegerField(default=0)
    related_stale = models.PositiveIntegerField(default=0)
    # Whether a reviewer sent the translation back, and why.
    is_rejected = models.BooleanField(default=False)
    review_comment = models.TextField(blank=True)
    local_overrides_count = models.PositiveIntegerField(default=0)
    # Of an original: how many of its versions wait for somebody.
    versions_open = models.PositiveSmallIntegerField(default=0)
    was_complete = models.BooleanField(default=False)
    # A fingerprint of the content and the strings that were last applied to the live row.
    applied = models.CharField(max_length=160, blank=True)

    # Whether the public version lacks something of the original, until the translation is published again.
    live_is_outdated = models.BooleanField(default=False)

    needed_by = models.DateTimeField(_("needed by"), null=True)
    happens_at = models.DateTimeField(_("event date"), null=True)
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="translations_assigned",
        verbose_name=_("translator"),
    )
    deadline = models.DateTimeField(_("deadline"), null=True, blank=True)
    changed_at = models.DateTimeField(auto_now_add=True)

    objects = TranslationStateQuerySet.as_manager()

    class Meta:
        verbose_name = _("translation state")
        verbose_name_plural = _("translation states")
        constraints = [
            models.UniqueConstraint(fields=["translation_key", "locale"], name="one_state_a_version"),
            models.CheckConstraint(
                condition=Q(strings_done__lte=models.F("strings_total")), name="no_more_strings_done_than_there_are"
            ),
        ]
        indexes = [
            models.Index(fields=["locale", "state", "needed_by"], name="state_by_locale"),
            models.Index(fields=["state", "original_live", "title"], name="state_by_title"),
            models.Index(fields=["state", "translation_key"], name="state_by_key"),
            models.Index(fields=["translation_key"], condition=Q(is_rejected=True), name="state_rejected"),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.locale_id}): {self.state}"

    @property
    def percent(self) -> int:
        return 100 * self.strings_done // self.strings_total if self.strings_total else 0
