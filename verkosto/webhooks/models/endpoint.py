from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from verkosto.webhooks import signing
from verkosto.webhooks.receiver_urls import validate_url

BOTH_SECRETS_VALID = timedelta(days=1)


class EndpointQuerySet(models.QuerySet["Endpoint"]):
    def active(self) -> "EndpointQuerySet":
        """Return the endpoints that get deliveries, each with its page."""
        return self.filter(is_active=True).select_related("page")


class Endpoint(models.Model):
    """A receiver of webhooks: where, of what, and how it does."""

    name = models.CharField(_("name"), max_length=100)
    description = models.TextField(
        _("description"),
        blank=True,
        help_text=_("What the other system does with the messages, and who maintains it."),
    )
    url = models.CharField(_("URL"), max_length=500, validators=[validate_url])
    events = models.JSONField(_("events"), default=list)
    page = models.ForeignKey(
        Page,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("only below this page"),
        help_text=_("In every language. If left empty, the whole site."),
    )
    includes_personal_data = models.BooleanField(
        _("include personal data"),
        default=False,
        help_text=_(
            "Messages about registrations then have the name, email address and organisation. The other system becomes "
            "a place where personal data is kept: name it in the privacy notice. Without this, messages have only "
            "references, statuses, numbers and times."
        ),
    )
    is_active = models.BooleanField(_("active"), default=True)
    # Who is notified when it is switched off.
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )
    # What the secrets are derived from, see ``signing``. The earlier one is valid until a time, so that the receiver can
    # change over.
    seed = models.CharField(max_length=64, default=signing.new_seed, editable=False)
    previous_seed = models.CharField(max_length=64, blank=True, editable=False)
    previous_valid_until = models.DateTimeField(null=True, blank=True, editable=False)
    # How often in succession it has failed, since when, and until when it is left alone.
    failures = models.PositiveIntegerField(default=0, editable=False)
    failing_since = models.DateTimeField(null=True, blank=True, editable=False)
    paused_until = models.DateTimeField(null=True, blank=True, editable=False)
    switched_off_at = models.DateTimeField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = EndpointQuerySet.as_manager()

    class Meta:
        verbose_name = _("webhook")
        verbose_name_plural = _("webhooks")
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(failing_since__isnull=False) | Q(failures=0), name="webhooks_endpoint_fails_since_a_time"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def secret(self) -> str:
        """The secret that the receiver is given ("whsec_…")."""
        return signing.secret_of(self.seed)

    @property
    def seeds(self) -> list[str]:
        """The seeds of the valid secrets, the newest first."""
        until = self.previous_valid_until
        return [self.seed, *([self.previous_seed] if until and until > timezone.now() else [])]

    def rotate_secret(self) -> None:
        """Make a new secret (saved). The one before stays valid for ``BOTH_SECRETS_VALID``."""
        self.previous_seed, self.seed = self.seed, signing.new_seed()
        self.previous_valid_until = timezone.now() + BOTH_SECRETS_VALID
        self.save(update_fields=["seed", "previous_seed", "previous_valid_until"])

    def forget_failures(self) -> None:
        """Set it to how it was before it failed (not saved): it is tried at once."""
        self.failures, self.failing_since, self.paused_until, self.switched_off_at = 0, None, None, None
