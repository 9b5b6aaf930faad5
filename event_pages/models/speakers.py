"""The speakers of an event, and the base class of rows with a person and a role."""

from django.db import models
from django.db.models import Q
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel
from wagtail.models import Orderable, TranslatableMixin

from verkosto.core.constraints import ConstraintErrorsByField
from verkosto.core.html import in_language
from verkosto.core.locales import language_code_of
from verkosto.core.translation_fields import ShownUntranslated
from verkosto.directory.models import Person


class PersonInRole(ConstraintErrorsByField, ShownUntranslated, TranslatableMixin, Orderable):
    """A person and their role. If the person is not known yet, the role is shown alone ("director general")."""

    person = models.ForeignKey(
        Person, verbose_name=_("person"), null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    role = models.CharField(
        _("role"),
        max_length=200,
        blank=True,
        help_text=_("Shown instead of the person’s title, or alone if the person is not known yet."),
    )

    panels = [FieldPanel("person"), FieldPanel("role")]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False) | ~Q(role=""),
                name="%(app_label)s_%(class)s_is_someone",
                violation_error_message=_("Choose a person or write a role."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.person or self.role)

    @property
    def title(self) -> str:
        """The role, or else the person's own title."""
        return self.role or (self.person.title if self.person else "")

    @property
    def title_html(self) -> SafeString:
        """The title as HTML. A person's title in another language than the page's is marked with its language."""
        return self.role_html or in_language(self.title, language_code_of(self.person))

    @property
    def role_html(self) -> SafeString:
        """The role as HTML, marked with its language if it is not translated yet."""
        return in_language(self.role, self.text_language)

    @property
    def role_alone_html(self) -> SafeString:
        """The role as HTML with a capital letter, for a line that begins with it: the person is not known yet."""
        return in_language(capfirst(self.role), self.text_language)


class Speaker(PersonInRole):
    """A speaker of a whole event; those of one agenda item are ``AgendaSpeaker``."""

    page = ParentalKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="speakers")

    class Meta(PersonInRole.Meta):
        verbose_name = _("speaker")
        verbose_name_plural = _("speakers")
