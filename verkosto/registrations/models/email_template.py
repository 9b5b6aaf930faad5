from django.db import models
from django.utils.translation import gettext_lazy as _

from verkosto.registrations.models.desk import Desk


class EmailTemplate(models.Model):
    """An editor's own text for one kind of mail, at one desk, in one language. Data with named placeholders, never code."""

    desk = models.ForeignKey(Desk, on_delete=models.CASCADE, related_name="email_templates")
    kind = models.CharField(_("message"), max_length=40)
    language = models.CharField(_("language"), max_length=20)
    subject = models.CharField(_("subject"), max_length=200)
    body = models.TextField(_("text"))
    # Of a letter: instead of the usual first line, and below the text.
    greeting = models.CharField(_("greeting"), max_length=200, blank=True)
    signature = models.TextField(_("signature"), blank=True)
    postscript = models.TextField(_("postscript"), blank=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("email template")
        verbose_name_plural = _("email templates")
        constraints = [
            models.UniqueConstraint(
                fields=["desk", "kind", "language"], name="registrations_one_email_template_a_kind"
            )
        ]

    def __str__(self) -> str:
        return self.subject
