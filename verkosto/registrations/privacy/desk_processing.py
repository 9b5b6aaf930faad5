"""The processing of registrations, as the desks really do it: by privacy notice, with what is asked and for how long."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Q
from django.utils.html import strip_tags
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from verkosto.directory.models import PrivacyNotice
from verkosto.registrations.models import Desk, Question, Registration
from verkosto.registrations.privacy.archives import KEPT
from verkosto.registrations.privacy.processing import OUR_STAFF, ProcessingActivity, Recipient, recipients

#: The stores of what is kept at desks.
DESK_STORES = (
    *("registrations", "guests", "invitations", "handover_requests", "archives"),
    *("messages", "feedback", "staff_texts"),
)


@dataclass
class DesksOfNotice:
    """The desks whose forms show one privacy notice."""

    notice: PrivacyNotice | None
    desks: list[Desk] = field(default_factory=list)
    labels: set[str] = field(default_factory=set)
    sensitive_labels: set[str] = field(default_factory=set)
    systems: list[Recipient] = field(default_factory=list)

    @property
    def title(self) -> str:
        """The title of the notice, or that there is none."""
        return self.notice.title if self.notice else _("No privacy notice")

    def activity(self) -> ProcessingActivity:
        """Return the activity in the active language."""
        notice = self.notice
        return ProcessingActivity(
            title=_("Registrations: %(notice)s") % {"notice": self.title},
            purpose=notice.purpose if notice else "",
            legal_basis=notice.get_legal_basis_display() if notice else "",
            persons=_("People who register, the guests they bring, and people who are invited"),
            data=self.data(),
            retention=self.retention,
            recipients=self.recipients(),
            stores=DESK_STORES,
        )

    def data(self) -> str:
        """Return the categories of data in the active language, with the labels of the questions."""
        texts = [_("Name, email address, organisation, language, places, attendance, messages, notes by staff")]
        if self.labels:
            texts.append(_("Answers: %(questions)s") % {"questions": ", ".join(sorted(self.labels))})
        if self.sensitive_labels:
            questions = ", ".join(sorted(self.sensitive_labels))
            texts.append(_("Sensitive answers: %(questions)s") % {"questions": questions})
        return ". ".join(texts)

    def recipients(self) -> str:
        """Return who receives the data in the active language: as the notice says, and the systems that get it now."""
        notice = self.notice
        people = plain_text(notice.recipients) if notice and notice.recipients else str(OUR_STAFF)
        receiving = [str(system.name) for system in self.systems if any(map(system.receives, self.desks))]
        if not receiving:
            return people
        systems = _("Other systems: %(systems)s") % {"systems": ", ".join(receiving)}
        return f"{people.rstrip('.')}. {systems}"

    def retention(self) -> str:
        """Return how long the desks keep data, in the active language."""
        texts = [
            _("Registrations: %(days)s after the event") % {"days": days_text(d.retention_days for d in self.desks)}
        ]
        if self.sensitive_labels:
            days = days_text(desk.sensitive_retention_days for desk in self.desks)
            texts.append(_("Sensitive answers: %(days)s after the event") % {"days": days})
        if any(desk.archive_before_erasure for desk in self.desks):
            days = days_text([KEPT.days])
            texts.append(_("Archives made before the erasure: %(days)s after they were made") % {"days": days})
        return ". ".join(texts)


def desks_by_notice() -> list[DesksOfNotice]:
    """Return the desks that take registrations or hold data of persons, by privacy notice.

    At most four queries, and those of the hook ``register_verkosto_recipients``.
    """
    held = Q(pk__in=Registration.objects.filter(purged_at__isnull=True).order_by().values("desk"))
    desks = Desk.objects.filter(held | Q(is_open=True, has_page=True)).select_related("privacy_notice")
    language = get_language() or ""
    systems = recipients()
    found: dict[UUID | None, DesksOfNotice] = {}
    by_desk: dict[int, DesksOfNotice] = {}
    for desk in desks.order_by("pk"):
        notice = desk.privacy_notice
        group = found.setdefault(notice.translation_key if notice else None, DesksOfNotice(notice, systems=systems))
        group.desks.append(desk)
        by_desk[desk.pk] = group
    asked = Question.objects.filter(desk__in=list(by_desk), retired_at__isnull=True).select_related("desk")
    for question in asked:
        group = by_desk[question.desk_id]
        (group.sensitive_labels if question.sensitive else group.labels).add(question.label(language))
    keys = [key for key in found if key]
    for notice in PrivacyNotice.objects.filter(translation_key__in=keys, locale__language_code=language):
        found[notice.translation_key].notice = notice
    return sorted(found.values(), key=lambda group: group.title)


def days_text(days: Iterable[int]) -> str:
    """Return a number of days, or from which to which, in the active language."""
    found = sorted(set(days))
    shortest, longest = found[0], found[-1]
    if shortest == longest:
        return ngettext("%(days)s day", "%(days)s days", longest) % {"days": longest}
    return _("%(shortest)s to %(longest)s days") % {"shortest": shortest, "longest": longest}


def plain_text(html: str) -> str:
    """Return the text of rich text on one line."""
    return " ".join(strip_tags(html.replace("</", " </")).split())
