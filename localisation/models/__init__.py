from .bulk import BulkItem, BulkSubmission
from .detachment import Detachment
from .notice import Notice, NoticePreference
from .original import Original
from .state import TranslationState, TranslationStateQuerySet
from .term import Term

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
