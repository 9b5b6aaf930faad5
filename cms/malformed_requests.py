"""What tells, after a view has failed, that no form of ours sent the request.

Views of Wagtail and wagtail-localize trust what their scripts and forms send. Our own views ask for themselves.
"""

from traceback import walk_tb
from types import FrameType

from django.core.exceptions import ValidationError
from django.db import DataError
from django.forms import BaseForm, FileInput, RadioSelect
from django.forms.formsets import ORDERING_FIELD_NAME
from django.http import HttpRequest
from django.urls import NoReverseMatch
from django.utils.datastructures import MultiValueDictKeyError
from django.views import View

# What a widget, a form or a view raises that reads something else than its own script sends.
MALFORMED = (ValueError, TypeError, LookupError, AttributeError, RecursionError)
NOT_ALWAYS_SENT = (FileInput, RadioSelect)  # by browsers; other widgets tell for themselves
OUT_OF_RANGE = "22003"  # PostgreSQL, appendix A: numeric_value_out_of_range


def is_malformed(request: HttpRequest, exception: BaseException) -> bool:
    """Return whether a view failed because the request is none that a form of ours sends.

    What people type in a field is no such error: the form shows it again.
    """
    if isinstance(exception, MultiValueDictKeyError) or _leads_nowhere(request, exception):
        return True
    if isinstance(exception, KeyError) and exception.args == (ORDERING_FIELD_NAME,):
        return True
    frames = [frame for frame, _line in walk_tb(exception.__traceback__)]
    if isinstance(exception, MALFORMED):
        kinds = (_reads_field, _validates_incomplete_form, _is_view_without_form)
        return any(kind(frame) for frame in frames for kind in kinds) or _names_no_row(exception, frames)
    return _names_no_row(exception, frames)


def _reads_field(frame: FrameType) -> bool:
    """Return whether a widget or a block was reading its value from what was sent."""
    return frame.f_code.co_name == "value_from_datadict"


def _validates_incomplete_form(frame: FrameType) -> bool:
    """Return whether a form was validated without a field that browsers always send."""
    form = frame.f_locals.get("self")
    if frame.f_code.co_name != "full_clean" or not isinstance(form, BaseForm):
        return False
    return any(
        field.widget.value_omitted_from_data(form.data, form.files, form.add_prefix(name))
        for name, field in form.fields.items()
        if not field.disabled and not isinstance(field.widget, NOT_ALWAYS_SENT)
    )


def _is_view_without_form(frame: FrameType) -> bool:
    """Return whether a form was sent to a view that shows none, such as a chooser in which nothing is created."""
    view = frame.f_locals.get("self")
    return frame.f_code.co_name == "post" and isinstance(view, View) and getattr(view, "form", view) is None


def _names_no_row(exception: BaseException, frames: list[FrameType]) -> bool:
    """Return whether a row was looked up by a value that its key cannot have: text for a number, or too large a one."""
    if isinstance(exception, OverflowError):
        return any(str(frame.f_globals.get("__name__")).startswith("django.db.backends") for frame in frames)
    if isinstance(exception, DataError):
        return getattr(exception.__cause__, "sqlstate", "") == OUT_OF_RANGE
    is_refused = isinstance(exception, ValueError | TypeError | ValidationError)
    return is_refused and any(frame.f_code.co_name == "get_prep_lookup" for frame in frames)


def _leads_nowhere(request: HttpRequest, exception: BaseException) -> bool:
    """Return whether a view could not redirect to the address in the field "next", which Django took for a view's name."""
    if not isinstance(exception, NoReverseMatch):
        return False
    following = (request.POST.get("next"), request.GET.get("next"))
    return any(text and "/" not in text and "." not in text for text in following)
