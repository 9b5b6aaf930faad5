"""The closed sets of values that the registrations store. Values are kept in the database and never change."""

from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class EventStatus(TextChoices):
    """Whether what a registrable page is about is held as planned."""

    SCHEDULED = "scheduled", _("As planned")
    CHANGED = "changed", _("Changed")
    POSTPONED = "postponed", _("Postponed")
    MOVED_ONLINE = "moved_online", _("Moved online")
    CANCELLED = "cancelled", _("Cancelled")


#: The statuses of events that are not held on their day.
NOT_HELD = (EventStatus.CANCELLED, EventStatus.POSTPONED)


class Eligibility(TextChoices):
    """Who may register at a desk."""

    ANYONE = "anyone", _("Anyone")
    DECLARED = "declared", _("Anyone who confirms that they belong to the target group")
    MEMBERS = "members", _("Members of the networks")
    INVITED = "invited", _("People with a personal invitation")


class Promotion(TextChoices):
    """How a freed place goes to the first on the waiting list."""

    AUTOMATIC = "automatic", _("Automatically: the first person on the waiting list gets the place")
    OFFER = (
        "offer",
        _("By offer: the first person on the waiting list is offered the place and must answer by a deadline"),
    )


class Handover(TextChoices):
    """Whether people may give their place to a colleague by themselves."""

    NO = "no", _("No")
    WITH_CONSENT = "with_consent", _("With the organiser’s consent")
    FREELY = "freely", _("Freely")


class DeskRole(TextChoices):
    """What a person does with registrations. ``admin/permissions.py`` says what each role may do."""

    CHECK_IN = "check_in", pgettext_lazy("role", "Check-in")
    READER = "reader", pgettext_lazy("role", "Reader")
    REGISTRAR = "registrar", pgettext_lazy("role", "Registrar")
    DATA_PROTECTION = "data_protection", pgettext_lazy("role", "Data protection")


#: What each role may do, as text for staff; ``admin/permissions.py`` decides it.
ROLE_RIGHTS = {
    DeskRole.CHECK_IN: _("check people in on the day of the event"),
    DeskRole.READER: _("see the registrations"),
    DeskRole.REGISTRAR: _("see, change, export and erase registrations, sensitive answers too"),
    DeskRole.DATA_PROTECTION: _("answer data subject requests and see to erasure, without lists of registrations"),
}
#: The roles that can be given at one desk by an invitation.
INVITED_ROLES = (DeskRole.CHECK_IN, DeskRole.REGISTRAR)


class PoolKind(TextChoices):
    """What a pool of places counts."""

    DESK = "desk", _("Places")
    ORGANISATION = "organisation", _("Organisation")
    CHOICE = "choice", _("Choice")
    WAITING = "waiting", _("Waiting list")
    # The places that are not kept for members.
    OTHERS = "others", _("Places for others than members")


class RegistrationStatus(TextChoices):
    """Where a registration stands. ``domain/transitions.py`` says which action leads from which to which."""

    AWAITING_CONFIRMATION = "awaiting_confirmation", _("Awaiting address confirmation")
    AWAITING_APPROVAL = "awaiting_approval", _("Awaiting approval")
    CONFIRMED = "confirmed", _("Confirmed")
    WAITING = "waiting", _("On the waiting list")
    DECLINED = "declined", _("Declined")
    CANCELLED = "cancelled", pgettext_lazy("registration", "Cancelled")
    EXPIRED = "expired", _("Expired")


ENDED_STATUSES = (RegistrationStatus.DECLINED, RegistrationStatus.CANCELLED, RegistrationStatus.EXPIRED)
ACTIVE_STATUSES = (
    RegistrationStatus.AWAITING_CONFIRMATION,
    RegistrationStatus.AWAITING_APPROVAL,
    RegistrationStatus.CONFIRMED,
    RegistrationStatus.WAITING,
)


class Action(StrEnum):
    """What can happen to a registration. Never stored."""

    SIGN_UP = "sign_up"
    CONFIRM_ADDRESS = "confirm_address"
    APPROVE = "approve"
    DECLINE = "decline"
    CANCEL = "cancel"
    REJOIN = "rejoin"
    MOVE = "move"
    HAND_OVER = "hand_over"
    TAKE_OVER = "take_over"
    PROMOTE = "promote"
    OFFER = "offer"
    ACCEPT_OFFER = "accept_offer"
    EXPIRE_OFFER = "expire_offer"
    EXPIRE_UNCONFIRMED = "expire_unconfirmed"
    ERASE = "erase"


class Attendance(TextChoices):
    """Whether a person came."""

    UNKNOWN = "", _("Not recorded")
    ATTENDED = "attended", _("Attended")
    ABSENT = "absent", _("Absent")


class Participation(TextChoices):
    """Whether a registered person comes, or came, to one meeting of a series."""

    COMING = "coming", _("Coming")
    NOT_COMING = "not_coming", _("Not coming")
    WAITING = "waiting", _("On the waiting list")
    ATTENDED = "attended", _("Attended")
    ABSENT = "absent", _("Absent")


#: What somebody can plan: the rest is attendance.
PLANS = (Participation.COMING, Participation.NOT_COMING, Participation.WAITING)
#: Those who come, came or should have come.
EXPECTED = (Participation.COMING, Participation.ATTENDED, Participation.ABSENT)


class Actor(TextChoices):
    """Who caused a step in a registration's history."""

    REGISTRANT = "registrant", _("The registrant")
    STAFF = "staff", _("Staff")
    SYSTEM = "system", _("The system")


class HistoryEvent(TextChoices):
    """The steps in a registration's history. The column takes other codes too, for plugins; these have no label here:
    the admin says each in a sentence of its own."""

    SIGNED_UP = "signed_up"
    ADDRESS_CONFIRMED = "address_confirmed"
    APPROVED = "approved"
    DECLINED = "declined"
    CANCELLED = "cancelled"
    REJOINED = "rejoined"
    ANSWERS_CHANGED = "answers_changed"
    MOVED = "moved"
    HANDED_OVER = "handed_over"
    TAKEN_OVER = "taken_over"
    HANDOVER_REQUESTED = "handover_requested"
    HANDOVER_WITHDRAWN = "handover_withdrawn"
    HANDOVER_REFUSED = "handover_refused"
    PROMOTED = "promoted"
    OFFERED = "offered"
    PLACES_KEPT = "places_kept"
    PLACES_NOT_KEPT = "places_not_kept"
    OFFER_ACCEPTED = "offer_accepted"
    OFFER_EXPIRED = "offer_lapsed"
    NOT_CONFIRMED = "not_confirmed"
    GUEST_CHANGED = "guest_changed"
    GUEST_CANCELLED = "guest_cancelled"
    ATTENDED = "attended"
    ABSENT = "absent"
    ATTENDANCE_CLEARED = "attendance_cleared"
    MEETING_DECLINED = "meeting_declined"
    MEETING_ADDED = "meeting_added"
    MEETING_WAITING = "meeting_waiting"
    MEETING_PROMOTED = "meeting_promoted"
    ERASED = "erased"


class ErasureCause(TextChoices):
    """Why a registration was erased."""

    RETENTION = "retention"
    OWN_REQUEST = "own_request"
    BY_STAFF = "by_staff"
    REAPPLIED = "reapplied"


class MessageState(TextChoices):
    """Where a message of the outbox stands."""

    QUEUED = "queued", _("Scheduled")
    SENDING = "sending", _("Sending")
    SENT = "sent", _("Sent")
    FAILED = "failed", _("Failed")
    DROPPED = "dropped", _("Not sent")


class NotificationFrequency(TextChoices):
    """How often a member of staff is notified about registrations."""

    NEVER = "never", _("Never")
    AT_ONCE = "at_once", _("As it happens")
    DAILY = "daily", _("Once a day")


class TokenPurpose(TextChoices):
    """What a personal link or code opens."""

    MANAGE = "manage", _("Manage a registration")
    CONFIRM = "confirm", _("Confirm an address")
    INVITATION = "invitation", _("Use an invitation")
    FEEDBACK = "feedback", _("Give feedback")


class ArchiveState(TextChoices):
    """How far the archive is that is made before an erasure."""

    WAITING = "waiting", pgettext_lazy("archive", "Waits to be made")
    MADE = "made", pgettext_lazy("archive", "Ready")
    FAILED = "failed", pgettext_lazy("archive", "Could not be made")
    DELETED = "deleted", pgettext_lazy("archive", "Deleted")


class QuestionPurpose(TextChoices):
    """The form that a question belongs to."""

    REGISTRATION = "registration", _("Registration form")
    FEEDBACK = "feedback", _("Feedback form")


class PromotionStop(TextChoices):
    """Why nobody on a waiting list moves up by itself. Computed, never stored."""

    CANCELLED = "cancelled", _("The event is cancelled.")
    OVER = "over", _("The event is over.")
    STARTED = "started", _("The event has started.")
    POSTPONED = "postponed", _("The event is postponed without a new date.")
    NOT_PUBLIC = "not_public", _("The page is not published.")
    PRIVATE = "private", _("The page is private.")
    SWITCHED_OFF = "switched_off", _("Registration is switched off.")


class Opening(StrEnum):
    """Whether a desk takes registrations now, places or not. Computed, never stored."""

    OPEN = "open"
    NOT_YET = "not_yet"
    CLOSED = "closed"
    CANCELLED = "cancelled"
