"""The tokens of other systems, and the responses to their requests that must not be done twice."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from verkosto.api.enums import TokenRight


class ApiToken(models.Model):
    """What one system may do in the name of the person who made the token. The token itself is stored nowhere."""

    name = models.CharField(
        _("name"), max_length=100, help_text=_("The system that uses the token. Make one for each system.")
    )
    digest = models.CharField(max_length=64, unique=True, editable=False)
    #: The first characters, by which people recognise it.
    start = models.CharField(_("begins with"), max_length=12, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("created by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        editable=False,
    )
    can_read = models.BooleanField(TokenRight.READ.label, default=True)
    can_change = models.BooleanField(TokenRight.CHANGE.label, default=False)
    can_check_in = models.BooleanField(TokenRight.CHECK_IN.label, default=False)
    page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("page"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
        help_text=_(
            "The token is for this page and the pages below it, in every language. If left empty, it is for every page "
            "whose registrations you may see."
        ),
    )
    expires_on = models.DateField(_("valid until"), help_text=_("At most a year from now."))
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    last_used_at = models.DateTimeField(_("last used"), null=True, editable=False)
    revoked_at = models.DateTimeField(_("revoked"), null=True, editable=False)

    class Meta:
        verbose_name = _("API token")
        verbose_name_plural = _("API tokens")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(can_read=True) | Q(can_change=True) | Q(can_check_in=True),
                name="api_token_may_do_something",
                violation_error_message=_("Choose at least one right."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.start}…)"

    @property
    def is_valid(self) -> bool:
        """Whether the token opens anything now."""
        is_current = self.revoked_at is None and self.expires_on >= timezone.localdate()
        return is_current and self.user is not None and self.user.is_active

    def allows(self, right: str) -> bool:
        """Return whether the token has a right, at any page."""
        return bool(getattr(self, f"can_{right}"))


class StoredResponse(models.Model):
    """The response to a request with an ``Idempotency-Key``, so that the same request sent again gets it again.

    It holds references and statuses, and no personal data: neither the request nor what it was about.
    """

    KEPT = timedelta(days=1)

    token = models.ForeignKey(ApiToken, on_delete=models.CASCADE, related_name="responses")
    key = models.CharField(max_length=200)
    # A keyed digest of the request, to tell another one with the same key.
    fingerprint = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(default=0)
    content = models.JSONField(default=dict)
    created_at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        verbose_name = _("stored response")
        verbose_name_plural = _("stored responses")
        constraints = [models.UniqueConstraint(fields=["token", "key"], name="api_one_response_a_key")]

    def __str__(self) -> str:
        return self.key
