"""What personal data of members is processed for, for the documents of data protection."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from network_pages.group_plans.personal_data import retention_days as plan_days
from network_pages.members import retention_days as member_days
from verkosto.directory.models import PrivacyNotice
from verkosto.registrations.privacy.processing import ProcessingActivity


def processing_activities() -> list[ProcessingActivity]:
    """Return the activities of this app, for the hook ``register_verkosto_processing``."""
    return [
        ProcessingActivity(
            title=gettext_lazy("Members of networks"),
            purpose=gettext_lazy("To run networks, small groups and programmes: meetings, documents and emails."),
            legal_basis=PrivacyNotice.LegalBasis.PUBLIC_TASK.label,
            persons=gettext_lazy("Members of networks, small groups and rounds of programmes"),
            data=gettext_lazy(
                "Name, email address, organisation, role, term, reports of learning pairs, emails to members"
            ),
            retention=_members_kept_for,
            stores=("memberships", "member_mailings", "pair_reports"),
        ),
        ProcessingActivity(
            title=gettext_lazy("Forming groups and pairs, and reviewing applications"),
            purpose=gettext_lazy("To divide members into groups, to pair organisations and to choose participants."),
            legal_basis=PrivacyNotice.LegalBasis.PUBLIC_TASK.label,
            persons=gettext_lazy("Members, applicants and reviewers"),
            data=gettext_lazy("Places in groups and pairs, wishes, scores and remarks of reviewers"),
            retention=_plans_kept_for,
            stores=("group_plans", "pair_plans", "reviews"),
        ),
    ]


def _members_kept_for() -> str:
    days = member_days()
    return ngettext("%(n)s day after the membership ends", "%(n)s days after the membership ends", days) % {"n": days}


def _plans_kept_for() -> str:
    days = plan_days()
    plans = ngettext("Plans: %(n)s day after they were made", "Plans: %(n)s days after they were made", days)
    return ". ".join([plans % {"n": days}, _("Reviews: as long as the application")])
