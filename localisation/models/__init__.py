from .bulk import BulkItem, BulkSubmission
from .detachment import Detachment
from .original import Original
from .state import TranslationState, TranslationStateQuerySet
from .term import Term

__all__ = [
    "BulkItem",
    "BulkSubmission",
    "Detachment",
    "Original",
    "Term",
    "TranslationState",
    "TranslationStateQuerySet",
]
