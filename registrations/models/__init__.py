from .access import AccessToken, DeskAccess, Invitation, InvitationReminder
from .desk import Desk, Pool
from .fields import QuestionsField
from .job import Job, JobRefusal
from .listing import ListChoice
from .message import Mailing, MailWording, Message
from .mixin import RegistrationMixin
from .question import Choice, Question
from .registration import AnswerFile, Note, Registration, SensitiveAnswers, StatusChange
from .upkeep import FormTemplate, PurgeRun, ShownNotice, SpentProof, Tombstone

__all__ = [
    "AccessToken",
    "AnswerFile",
    "Choice",
    "Desk",
    "DeskAccess",
    "FormTemplate",
    "Invitation",
    "InvitationReminder",
    "Job",
    "JobRefusal",
    "ListChoice",
    "MailWording",
    "Mailing",
    "Message",
    "Note",
    "Pool",
    "PurgeRun",
    "Question",
    "QuestionsField",
    "Registration",
    "RegistrationMixin",
    "SensitiveAnswers",
    "ShownNotice",
    "SpentProof",
    "StatusChange",
    "Tombstone",
]
