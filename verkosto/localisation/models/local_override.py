from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale


class LocalOverride(models.Model):
    """A field, or one block of a StreamField, that differs on purpose in one language.

    `path` is a field's name, or `<field>.<block id>`. `value` is the serialised content, put back
    whenever a synchronisation would write the original's.
    """

    translation_key = models.UUIDField(db_index=True)
    locale = models.ForeignKey(Locale, on_delete=models.CASCADE, related_name="+")
    path = models.CharField(max_length=255)
    value = models.JSONField(null=True, encoder=DjangoJSONEncoder)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("detached part")
        verbose_name_plural = _("detached parts")
        constraints = [
            models.UniqueConstraint(
                fields=["translation_key", "locale", "path"],
                name="one_local_override_a_path",
                violation_error_message=_("This part is already detached."),
            )
        ]

    def __str__(self) -> str:
        return self.path

    @property
    def field_name(self) -> str:
        return self.path.split(".")[0]

    @property
    def block_id(self) -> str | None:
        return self.path.split(".", 1)[1] if "." in self.path else None
