from verkosto.registrations.models.desk import Desk, Pool
from verkosto.registrations.models.form_template import FormTemplate, PurgeRun, ShownNotice, SpentProof, Tombstone
from verkosto.registrations.models.invitation import AccessToken, DeskAccess, Invitation, InvitationReminder
from verkosto.registrations.models.job import Job, JobRefusal
from verkosto.registrations.models.list_preference import ListChoice
from verkosto.registrations.models.message import Mailing, MailWording, Message
from verkosto.registrations.models.question import Choice, Question
from verkosto.registrations.models.registrable import RegistrationMixin
from verkosto.registrations.models.registration import AnswerFile, Note, Registration, SensitiveAnswers, StatusChange
from verkosto.registrations.questions.fields import QuestionsField

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
