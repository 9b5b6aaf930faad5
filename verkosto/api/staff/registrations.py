"""Registrations: read, added, changed, cancelled and checked in by the use cases of the admin."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, cast
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from ninja import Header, Query, Router
from ninja.schema import BaseModel

from verkosto.api.authentication import TokenAuthentication, token_of
from verkosto.api.enums import TokenRight
from verkosto.api.idempotency import once
from verkosto.api.models import ApiToken
from verkosto.api.permissions import desk_of
from verkosto.api.schemas import Listing, Problem
from verkosto.api.staff.forms import questions_in_api, valid_form
from verkosto.api.staff.responses import FAILURES, listing, portion, private_json
from verkosto.api.staff.schemas import (
    Cancellation,
    ChangedRegistration,
    CheckIn,
    GuestItem,
    NewRegistration,
    Outcome,
    RegistrationItem,
    RegistrationQuery,
)
from verkosto.core.users import SignedInUser
from verkosto.registrations.admin.audit import log
from verkosto.registrations.domain import lifecycle
from verkosto.registrations.domain.answers import ChangedAnswers, change_answers
from verkosto.registrations.domain.attendance import record_attendance
from verkosto.registrations.domain.signup import SignupData, sign_up
from verkosto.registrations.enums import Attendance, RegistrationStatus
from verkosto.registrations.models import Desk, Registration

router = Router(tags=["registrations"], auth=TokenAuthentication())
REGISTRATIONS, ONE = "/desks/{id}/registrations", "/desks/{id}/registrations/{reference}"
#: A body that is no JSON is status 400; a refusal, such as a desk that is full, 409.
CHANGES = {**FAILURES, 400: Problem, 409: Problem}
Key = Annotated[
    str,
    Header(
        alias="Idempotency-Key",
        min_length=8,
        max_length=200,
        pattern=r"^[\x21-\x7e]+$",
        description="A new one for each request, such as a UUID. The same request sent again with it is done once.",
    ),
]


@router.get(
    REGISTRATIONS,
    response={200: Listing[RegistrationItem], **FAILURES},
    operation_id="list_registrations",
    url_name="registrations",
)
def list_registrations(request: HttpRequest, id: UUID, query: Annotated[RegistrationQuery, Query()]) -> HttpResponse:
    """List the registrations of a page in the order in which they came. Sensitive answers are left out."""
    token = token_of(request)
    desk = desk_of(token, TokenRight.READ, id)
    rows = Registration.objects.filter(desk=desk, purged_at=None).prefetch_related("guests")
    if query.status:
        rows = rows.filter(status=query.status)
    count, found = portion(rows, query)
    keys = _public_keys(desk)
    log("registrations.list", desk, token.user, rows=len(found), token=token.name)
    return listing(request, query, count, [_item(cast("Registration", row), keys) for row in found])


@router.post(
    REGISTRATIONS,
    response={201: Outcome, **CHANGES},
    operation_id="add_registration",
    url_name="registrations",
)
def add_registration(request: HttpRequest, id: UUID, data: NewRegistration, key: Key) -> HttpResponse:
    """Register somebody, as staff do: who has registered by phone, or in another system."""
    token = token_of(request)
    desk = desk_of(token, TokenRight.CHANGE, id)

    def act() -> Registration:
        form = valid_form(desk, data)
        signup = SignupData(language=form.cleaned_data["language"], **form.registration_data)
        registration = sign_up(desk=desk, data=signup, user=_user(token))
        log("registrations.change", registration, token.user, what="added", token=token.name)
        return registration

    return _once(token, key, ["add", str(id)], data, act, status=201)


@router.get(
    ONE, response={200: RegistrationItem, **FAILURES}, operation_id="get_registration", url_name="registration"
)
def get_registration(request: HttpRequest, id: UUID, reference: str) -> HttpResponse:
    """Get one registration. Sensitive answers are left out."""
    token = token_of(request)
    desk = desk_of(token, TokenRight.READ, id)
    registration = _registration(desk, reference)
    log("registrations.see", registration, token.user, token=token.name)
    return private_json(_item(registration, _public_keys(desk)))


@router.patch(ONE, response={200: Outcome, **CHANGES}, operation_id="change_registration", url_name="registration")
def change_registration(
    request: HttpRequest, id: UUID, reference: str, data: ChangedRegistration, key: Key
) -> HttpResponse:
    """Change a registration. The person gets an email about it."""
    token = token_of(request)
    desk = desk_of(token, TokenRight.CHANGE, id)

    def act() -> Registration:
        registration = _registration(desk, reference)
        form = valid_form(desk, data, registration)
        changes = ChangedAnswers(language=form.cleaned_data["language"], **form.registration_data)
        changed = change_answers(registration=registration, data=changes, user=_user(token))
        log("registrations.change", changed, token.user, what="answers", token=token.name)
        return changed

    return _once(token, key, ["change", str(id), reference], data, act)


@router.post(
    f"{ONE}/cancel", response={200: Outcome, **CHANGES}, operation_id="cancel_registration", url_name="cancel"
)
def cancel_registration(request: HttpRequest, id: UUID, reference: str, data: Cancellation) -> HttpResponse:
    """Cancel a registration; its place goes to the next on the waiting list. Cancelling it again changes nothing."""
    token = token_of(request)
    registration = _registration(desk_of(token, TokenRight.CHANGE, id), reference)
    was_cancelled = registration.status == RegistrationStatus.CANCELLED
    cancelled = lifecycle.cancel(registration=registration, user=_user(token), reason=data.reason)
    if not was_cancelled:
        log("registrations.change", cancelled, token.user, what="cancel", token=token.name)
    return private_json(_outcome(cancelled))


@router.post(f"{ONE}/check-in", response={200: Outcome, **CHANGES}, operation_id="check_in", url_name="check_in")
def check_in(request: HttpRequest, id: UUID, reference: str, data: CheckIn) -> HttpResponse:
    """Record whether a person with a place came. Recording the same again changes nothing."""
    token = token_of(request)
    registration = _registration(desk_of(token, TokenRight.CHECK_IN, id), reference)
    is_new = record_attendance(
        registration=registration, attendance=data.attendance, user=_user(token), meeting=data.meeting
    )
    if is_new:
        log("registrations.check_in", registration, token.user, attendance=data.attendance.value, token=token.name)
    return private_json(_outcome(registration))


def _once(
    token: ApiToken, key: str, about: list[str], data: BaseModel, act: Callable[[], Registration], *, status: int = 200
) -> HttpResponse:
    """Do what is asked once, and return its outcome, which may be the stored one."""
    request = [*about, data.model_dump(mode="json", exclude_unset=True)]
    found, content = once(
        token=token, key=key, request=request, act=lambda: (status, _outcome(act()).model_dump(mode="json"))
    )
    return private_json(Outcome.model_validate(content), found)


def _user(token: ApiToken) -> SignedInUser:
    """Return the person in whose name a valid token acts."""
    assert token.user is not None  # noqa: S101 - ``find_token`` returns no other
    return token.user


def _registration(desk: Desk, reference: str) -> Registration:
    rows = Registration.objects.filter(desk=desk, purged_at=None).select_related("desk")
    found = rows.prefetch_related("guests").filter(reference=reference[:16]).first()
    if found is None or found.reference != reference:
        raise Http404("There is no such registration.")
    return found


def _public_keys(desk: Desk) -> set[str]:
    return {question.key for question in questions_in_api(desk)}


def _outcome(registration: Registration) -> Outcome:
    return Outcome(
        reference=registration.reference,
        status=RegistrationStatus(registration.status),
        places=registration.places,
        attendance=Attendance(registration.attendance or Attendance.UNKNOWN),
    )


def _item(registration: Registration, keys: set[str]) -> RegistrationItem:
    return RegistrationItem(
        **_outcome(registration).model_dump(),
        name=registration.name,
        email=registration.email,
        language=registration.language,
        organisation=registration.organisation,
        guests=[
            GuestItem(name=guest.name, email=guest.email, organisation=guest.organisation)
            for guest in registration.guests.all()
        ],
        answers={key: answer for key, answer in registration.answers.items() if key in keys},
        checked_in_at=registration.checked_in_at,
        created_at=registration.created_at,
        updated_at=registration.updated_at,
    )
