from verkosto.localisation.models.bulk_submission import BulkSubmission, BulkSubmissionItem
from verkosto.localisation.models.dismissed_check import CheckKind, DismissedCheck
from verkosto.localisation.models.glossary_term import GlossaryTerm
from verkosto.localisation.models.local_override import LocalOverride
from verkosto.localisation.models.notification import NotificationPreference, TranslationNotification
from verkosto.localisation.models.state import TranslationState, TranslationStateQuerySet
from verkosto.localisation.models.string_comment import StringComment, StringCommentQuerySet
from verkosto.localisation.models.string_instruction import StringInstruction
from verkosto.localisation.models.string_version import StringVersion

__all__ = [
    "BulkSubmission",
    "BulkSubmissionItem",
    "CheckKind",
    "DismissedCheck",
    "GlossaryTerm",
    "LocalOverride",
    "NotificationPreference",
    "StringComment",
    "StringCommentQuerySet",
    "StringInstruction",
    "StringVersion",
    "TranslationNotification",
    "TranslationState",
    "TranslationStateQuerySet",
]
