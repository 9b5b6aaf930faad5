from .detachment import Detachment
from .original import Original
from .state import TranslationState, TranslationStateQuerySet

__all__ = ["Detachment", "Original", "TranslationState", "TranslationStateQuerySet"]
