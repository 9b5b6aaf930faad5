from verkosto.registrations.questions.registry import get_question_type, question_types
from verkosto.registrations.questions.types.base import QuestionType

__all__ = ["QuestionType", "get_question_type", "question_types"]
