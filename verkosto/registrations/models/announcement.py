from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class AnnouncementChoice(models.Model):
    """What an editor chose for the people who would be notified when a revision is published, now or at a set time.

    Deleted when the revision is published. The reason is also in the page's log, where it stays.
    """

    revision = models.OneToOneField(
        "wagtailcore.Revision", on_delete=models.CASCADE, related_name="+", verbose_name=_("revision")
    )
    is_silent = models.BooleanField(_("notify no one"), default=False)
    # The editor's own line by language, added to what has changed.
    lines = models.JSONField(default=dict, blank=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("choice for an announcement")
        verbose_name_plural = _("choices for announcements")

    def __str__(self) -> str:
        return str(self.revision_id)
