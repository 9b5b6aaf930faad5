"""The use cases of reports: which pairs are a member's own, writing a report, and reading those of a round."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Prefetch
from django.utils import timezone

from network_pages.group_plans.texts import listed
from network_pages.member_pages import version_of
from network_pages.membership_terms import RENEW_AFTER
from network_pages.models import LearningPair, Membership, PairMember, PairReport, ProgrammeRoundPage
from verkosto.core.locales import active_language
from verkosto.directory.models import Organisation
from verkosto.registrations.privacy.redaction import redacted
from verkosto.registrations.questions.types.organisation import directory_names


@dataclass(frozen=True)
class OwnPair:
    """A learning pair with what the member has reported of it; None as long as they have not."""

    pair: LearningPair
    report: PairReport | None

    @property
    def organisations(self) -> str:
        """The organisations of the pair."""
        return names_of(self.pair)


def names_of(pair: LearningPair) -> str:
    """Return the organisations of a pair as “A and B”."""
    return listed([member.organisation.name for member in pair.members.all()])


def may_report(membership: Membership) -> bool:
    """Return whether the member of a round can write a report: from the first day until some time after the last."""
    today = timezone.localdate()
    if membership.left_at or membership.starts_on > today:
        return False
    return membership.ends_on is None or today <= membership.ends_on + RENEW_AFTER


def own_pairs(membership: Membership) -> list[OwnPair]:
    """Return the learning pairs of a member's organisation on the page of the round. Five queries, or none."""
    page = version_of(membership.translation_key) if membership.organisation and may_report(membership) else None
    if not isinstance(page, ProgrammeRoundPage):
        return []
    wanted = membership.organisation.casefold()
    reports = {report.pair_key: report for report in membership.pair_reports.all()}
    return [
        OwnPair(pair, reports.get(pair.translation_key))
        for pair in page.pairs
        if any(wanted in _names(row.organisation) for row in pair.members.all())
    ]


def save_report(*, membership: Membership, pair: LearningPair, text: str) -> PairReport:
    """Store what a member reports of a pair."""
    report, _is_new = PairReport.objects.update_or_create(
        membership=membership, pair_key=pair.translation_key, defaults={"text": text}
    )
    found: PairReport = report
    return found


def pairs_by_key(keys: Iterable[UUID]) -> dict[UUID, LearningPair]:
    """Return learning pairs by translation key, in the active language where there is one. Two queries."""
    members = Prefetch("members", queryset=PairMember.objects.select_related("organisation"))
    rows = LearningPair.objects.filter(translation_key__in=[*keys]).select_related("locale").prefetch_related(members)
    found: dict[UUID, LearningPair] = {}
    for pair in sorted(rows, key=lambda row: (row.locale.language_code != active_language(), row.pk)):
        found.setdefault(pair.translation_key, pair)
    return found


def reports_of(email: str) -> list[dict[str, object]]:
    """Return what an address has reported, as JSON."""
    rows = PairReport.objects.filter(membership__in=Membership.objects.of_address(email))
    return [_data_of(row) for row in rows]


def reports_in(membership: Membership) -> list[dict[str, object]]:
    """Return what was reported in one membership, as JSON."""
    return [_data_of(row) for row in membership.pair_reports.all()]


def erase_reports(email: str) -> int:
    """Delete what an address has reported. Return how many."""
    rows = PairReport.objects.filter(membership__in=Membership.objects.of_address(email))
    return int(rows.delete()[1].get(PairReport._meta.label, 0))


def redact_reports(names: Sequence[str]) -> int:
    """Remove an address and names from the reports that others wrote. Return from how many."""
    changed = 0
    for row in PairReport.objects.iterator(chunk_size=500):
        after = redacted(row.text, names)
        if after != row.text:
            PairReport.objects.filter(pk=row.pk).update(text=after)
            changed += 1
    return changed


def _data_of(report: PairReport) -> dict[str, object]:
    return {"report": report.text, "changed": report.updated_at.isoformat()}


def _names(organisation: Organisation) -> set[str]:
    """Return what an organisation is called: its names in all languages, and its abbreviation."""
    names = directory_names().get(str(organisation.translation_key), {})
    return {name.casefold() for name in (organisation.name, organisation.abbreviation, *names.values()) if name}
