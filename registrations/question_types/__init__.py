from .base import QuestionType
from .registry import get_question_type, question_types

__all__ = ["QuestionType", "get_question_type", "question_types"]
