from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class SignIn(models.Model):
    """A session that a sign-in has made, so that its person sees it and can end it."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    session_key = models.CharField(max_length=40, unique=True)
    browser = models.CharField(max_length=60)
    signed_in_at = models.DateTimeField(auto_now_add=True)
    #: The provider's name of the session, if it was made by single sign-on.
    provider_session = models.CharField(max_length=255, blank=True, db_index=True)

    class Meta:
        ordering = ["-signed_in_at", "-pk"]
        verbose_name = _("sign-in")
        verbose_name_plural = _("sign-ins")

    def __str__(self) -> str:
        return f"{self.browser} {self.signed_in_at:%Y-%m-%d}"
