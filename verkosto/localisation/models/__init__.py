from verkosto.localisation.models.bulk import BulkItem, BulkSubmission
from verkosto.localisation.models.detachment import Detachment
from verkosto.localisation.models.notification import Notice, NoticePreference
from verkosto.localisation.models.original import Original
from verkosto.localisation.models.state import TranslationState, TranslationStateQuerySet
from verkosto.localisation.models.term import Term

__all__ = [
    "BulkItem",
    "BulkSubmission",
    "Detachment",
    "Notice",
    "NoticePreference",
    "Original",
    "Term",
    "TranslationState",
    "TranslationStateQuerySet",
]
