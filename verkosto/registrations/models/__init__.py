from verkosto.registrations.models.announcement import AnnouncementChoice
from verkosto.registrations.models.answers import AnswerFile, SensitiveAnswers
from verkosto.registrations.models.archive import RegistrationArchive
from verkosto.registrations.models.capacity import Pool
from verkosto.registrations.models.check_in_link import CheckInLink
from verkosto.registrations.models.desk import Desk
from verkosto.registrations.models.desk_invitation import DeskInvitation
from verkosto.registrations.models.desk_subscription import DeskSubscription
from verkosto.registrations.models.email_template import EmailTemplate
from verkosto.registrations.models.feedback import FeedbackAnswers, FeedbackNote
from verkosto.registrations.models.form_template import FormTemplate
from verkosto.registrations.models.guest import Guest, GuestSensitiveAnswers
from verkosto.registrations.models.handover import HandoverRequest
from verkosto.registrations.models.history import Note, StatusChange
from verkosto.registrations.models.invitation import Invitation, InvitationReminder
from verkosto.registrations.models.job import Job, JobRefusal
from verkosto.registrations.models.list_preference import ListPreference
from verkosto.registrations.models.meeting import GuestParticipation, MeetingParticipation, guest_status
from verkosto.registrations.models.message import Mailing, Message
from verkosto.registrations.models.page import RegistrablePageMixin
from verkosto.registrations.models.permission import DeskAccess, RoleAssignment
from verkosto.registrations.models.privacy import NoticeSnapshot, PurgeRun, Tombstone
from verkosto.registrations.models.proof_of_work import SpentProofOfWork
from verkosto.registrations.models.question import Choice, Question
from verkosto.registrations.models.rate_limit import RateLimitCount
from verkosto.registrations.models.received_reply import ReceivedReply
from verkosto.registrations.models.registration import Registration
from verkosto.registrations.models.token import AccessToken

__all__ = [
    "AccessToken",
    "AnnouncementChoice",
    "AnswerFile",
    "CheckInLink",
    "Choice",
    "Desk",
    "DeskAccess",
    "DeskInvitation",
    "DeskSubscription",
    "EmailTemplate",
    "FeedbackAnswers",
    "FeedbackNote",
    "FormTemplate",
    "Guest",
    "GuestParticipation",
    "GuestSensitiveAnswers",
    "HandoverRequest",
    "Invitation",
    "InvitationReminder",
    "Job",
    "JobRefusal",
    "ListPreference",
    "Mailing",
    "MeetingParticipation",
    "Message",
    "Note",
    "NoticeSnapshot",
    "Pool",
    "PurgeRun",
    "Question",
    "RateLimitCount",
    "ReceivedReply",
    "RegistrablePageMixin",
    "Registration",
    "RegistrationArchive",
    "RoleAssignment",
    "SensitiveAnswers",
    "SpentProofOfWork",
    "StatusChange",
    "Tombstone",
    "guest_status",
]
