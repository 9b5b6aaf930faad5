"""The closed sets of values of networks, small groups and memberships."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from verkosto.registrations.enums import RegistrationStatus

#: Who has applied to a page: the application waits for a decision, or has been accepted.
APPLIED = (RegistrationStatus.AWAITING_APPROVAL, RegistrationStatus.CONFIRMED)


class NetworkKind(TextChoices):
    FORUM = "forum", pgettext_lazy("kind of network", "Forum")
    PROFESSIONAL = "professional", pgettext_lazy("kind of network", "Professional network")
    ALUMNI = "alumni", pgettext_lazy("kind of network", "Alumni network")
    ONLINE = "online", pgettext_lazy("kind of network", "Online network")
    PEER_GROUP = "peer_group", pgettext_lazy("kind of network", "Peer group")


class Joining(TextChoices):
    POSITION = "position", _("By position")
    APPLICATION = "application", _("By application")
    INVITATION = "invitation", _("By invitation")
    OPEN = "open", _("Open to all")


class GroupStatus(TextChoices):
    FORMING = "forming", pgettext_lazy("small group", "Forming")
    ACTIVE = "active", pgettext_lazy("small group", "Active")
    FULL = "full", pgettext_lazy("small group", "Full")
    ENDED = "ended", pgettext_lazy("small group", "Ended")


class MemberRole(TextChoices):
    """The usual roles; what else somebody is called is the free role title."""

    MEMBER = "member", pgettext_lazy("role", "Member")
    CHAIR = "chair", pgettext_lazy("role", "Chair")
    COMMITTEE = "committee", pgettext_lazy("role", "Working committee")
    FACILITATOR = "facilitator", pgettext_lazy("role", "Facilitator")


class MemberSource(TextChoices):
    STAFF = "staff", pgettext_lazy("how a member came", "Added by staff")
    IMPORT = "import", pgettext_lazy("how a member came", "Imported from a list")
    APPLICATION = "application", pgettext_lazy("how a member came", "Application")
    INVITATION = "invitation", pgettext_lazy("how a member came", "Invitation")


class RecipientTerm(TextChoices):
    """The members of a page to whom staff write, by their term."""

    CURRENT = "current", _("Current members")
    ENDING = "ending", _("Members whose term ends within 60 days")
    LATER = "later", _("Members whose term starts later")
