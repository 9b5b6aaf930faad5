"""Emails that staff write to the members of a network, small group or round."""

import uuid
from collections.abc import Iterable

from django.conf import settings
from django.db import models
from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from network_pages.permissions import Permission, keys_for
from verkosto.core.users import AnyUser
from verkosto.registrations.enums import MessageState
from verkosto.registrations.models import Job, Message

MAILING_JOB = "member_mailing"


class MemberMailingQuerySet(models.QuerySet["MemberMailing"]):
    def visible_to(self, user: AnyUser) -> "MemberMailingQuerySet":
        """Return the mailings to members of pages to whose members a user may write."""
        keys = keys_for(user, Permission.CHANGE)
        return self if keys is None else self.filter(translation_key__in=keys)


class MemberMailing(models.Model):
    """A mail by staff to selected members of a page, in each one's language."""

    # Of the form, so that the same one sent twice is one mailing; and of its messages.
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    translation_key = models.UUIDField(_("network, group or round"), db_index=True)
    subjects = models.JSONField(default=dict)
    bodies = models.JSONField(default=dict)
    # {"term": …, "role": […], "organisation": […]}; an empty list selects all.
    selection = models.JSONField(default=dict, blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    recipients = models.PositiveIntegerField(default=0)

    objects = MemberMailingQuerySet.as_manager()

    class Meta:
        verbose_name = _("email to members")
        verbose_name_plural = _("emails to members")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return next(iter(self.subjects.values()), f"{self._meta.verbose_name} {self.pk or ''}".strip())

    @property
    def counts(self) -> dict[str, int]:
        """The number of its messages by state, and of those not yet sent as ``waiting``. One query."""
        return counts_of([self])[self.key]

    @property
    def job(self) -> Job | None:
        """The job that writes its messages."""
        return Job.objects.filter(kind=MAILING_JOB, parameters__mailing=self.pk).first()


def counts_of(mailings: Iterable[MemberMailing]) -> dict[uuid.UUID, dict[str, int]]:
    """Return the number of messages of each mailing by state, and of those not yet sent as ``waiting``. One query."""
    known = {mailing.key: dict.fromkeys(MessageState.values, 0) for mailing in mailings}
    rows = Message.objects.filter(mailing_key__in=list(known)).order_by().values_list("mailing_key", "state")
    for key, state, number in rows.annotate(Count("pk")):
        known[key][state] = number
    for mailing in mailings:
        counts = known[mailing.key]
        done = sum(counts[state] for state in (MessageState.SENT, MessageState.FAILED, MessageState.DROPPED))
        counts["waiting"] = max(0, max(mailing.recipients, sum(counts.values())) - done)
    return known
