from django.conf import settings
from django.db import models


class StringRecord(models.Model):
    """A string of an original at its content path, in wagtail-localize's rows, and the person who wrote about it."""

    string = models.ForeignKey("wagtail_localize.String", on_delete=models.CASCADE, related_name="+")
    context = models.ForeignKey("wagtail_localize.TranslationContext", on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        abstract = True

    @property
    def author_name(self) -> str:
        """Return the name of the person; an empty string if the account was deleted."""
        return (self.by.get_full_name() or self.by.get_username()) if self.by else ""
