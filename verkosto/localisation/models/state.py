from __future__ import annotations

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Case, F, Q, When
from django.db.models.functions import Coalesce, Least
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale, Page

# SQLite's LEAST is NULL when one is.
EITHER = ("deadline", "needed_by")


class TranslationStateQuerySet(models.QuerySet["TranslationState"]):
    def originals(self) -> TranslationStateQuerySet:
        return self.filter(state=TranslationState.State.ORIGINAL)

    def open(self) -> TranslationStateQuerySet:
        """What waits for a translator, or for somebody who publishes or approves it."""
        return self.filter(state__in=TranslationState.OPEN)

    def waits_for_translator(self) -> TranslationStateQuerySet:
        """What lacks translations, or has machine translations that no person has reviewed."""
        unreviewed = Q(machine_unreviewed__gt=0) & ~Q(state=TranslationState.State.DETACHED)
        return self.filter(Q(state__in=TranslationState.WAITS_FOR_TRANSLATOR) | unreviewed)

    def for_translators(self) -> TranslationStateQuerySet:
        return self.waits_for_translator().filter(original_live=True)

    def below(self, page: Page) -> TranslationStateQuerySet:
        """The pages of the subtree of `page`, in whatever language `page` is."""
        tree = Page.objects.descendant_of(page, inclusive=True).values("translation_key")
        return self.filter(translation_key__in=tree)

    def by_deadline(self) -> TranslationStateQuerySet:
        """The earliest need first: a deadline that somebody set, or the day that an app gave; what is done last.

        An event that is over needs no translation by its day.
        """
        over = Q(happens_at__lt=timezone.now())
        day = Case(When(over, then=F("deadline")), default=Coalesce(Least("deadline", "needed_by"), *EITHER))
        done = Case(When(Q(state__in=self.model.OPEN) | Q(versions_open__gt=0), then=0), default=1)
        return self.annotate(due_at=day).order_by(done, F("due_at").asc(nulls_last=True), "title", "pk")


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

    state = models.CharField(_("state"), max_length=20, choices=State)
    strings_done = models.PositiveIntegerField(default=0)
    strings_total = models.PositiveIntegerField(default=0)
    words_left = models.PositiveIntegerField(_("words to translate"), default=0)
    machine_unreviewed = models.PositiveIntegerField(default=0)
    related_stale = models.PositiveIntegerField(default=0)
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
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.locale_id}): {self.state}"

    @property
    def percent(self) -> int:
        return 100 * self.strings_done // self.strings_total if self.strings_total else 0
