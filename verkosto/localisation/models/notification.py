from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class NotificationPreference(models.Model):
    """Which mails a translator wants; a user without a row gets all of them."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="translation_notification_preference",
    )
    digest = models.BooleanField(_("Once a day: pages waiting for translation in my languages"), default=True)
    urgent = models.BooleanField(_("Immediately: urgent changes, such as a cancelled or moved event"), default=True)
    comments = models.BooleanField(_("Immediately: questions and answers about texts"), default=True)

    class Meta:
        verbose_name = _("notice preference")
        verbose_name_plural = _("notice preferences")

    def __str__(self) -> str:
        return str(self.user_id)


class TranslationNotification(models.Model):
    """A mail to one translator: a row first, sent by a job that is retried."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    subject = models.CharField(max_length=200)
    body = models.TextField()
    created_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = pgettext_lazy("to a user", "notice")
        verbose_name_plural = pgettext_lazy("to users", "notices")
        indexes = [models.Index(fields=["created_at"], condition=models.Q(sent_at=None), name="notification_unsent")]

    def __str__(self) -> str:
        return self.subject
