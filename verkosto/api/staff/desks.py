"""The desks that a token opens."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, cast
from uuid import UUID

from django.db.models import Count, Q, Sum
from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from verkosto.api.authentication import TokenAuthentication, token_of
from verkosto.api.enums import TokenRight
from verkosto.api.permissions import desk_of, desks_of
from verkosto.api.schemas import Listing
from verkosto.api.staff.forms import questions_in_api
from verkosto.api.staff.responses import FAILURES, listing, portion, private_json
from verkosto.api.staff.schemas import ChoiceItem, DeskDetail, DeskItem, PortionQuery, QuestionItem
from verkosto.registrations.enums import EventStatus, RegistrationStatus
from verkosto.registrations.models import Desk, Question, Registration

router = Router(tags=["registrations"], auth=TokenAuthentication())


@router.get("/desks", response={200: Listing[DeskItem], **FAILURES}, operation_id="list_desks", url_name="list_desks")
def list_desks(request: HttpRequest, query: Annotated[PortionQuery, Query()]) -> HttpResponse:
    """List the pages whose registrations the token may read, those that begin last first."""
    count, rows = portion(desks_of(token_of(request), TokenRight.READ).order_by("-starts_at", "-pk"), query)
    desks = cast("list[Desk]", rows)
    numbers = _numbers(desks)
    return listing(request, query, count, [_desk_item(desk, numbers[desk.pk]) for desk in desks])


@router.get("/desks/{id}", response={200: DeskDetail, **FAILURES}, operation_id="get_desk", url_name="get_desk")
def get_desk(request: HttpRequest, id: UUID) -> HttpResponse:
    """Get one of them with the questions of its form."""
    desk = desk_of(token_of(request), TokenRight.READ, id)
    item = _desk_item(desk, _numbers([desk])[desk.pk])
    questions = [_question_item(question) for question in questions_in_api(desk)]
    return private_json(DeskDetail(**item.model_dump(), questions=questions))


def _numbers(desks: Sequence[Desk]) -> dict[int, tuple[int, int]]:
    """Return the confirmed places and the number on the waiting list, by the primary key of the desk. One query."""
    rows = Registration.objects.filter(desk__in=desks).order_by().values("desk")
    counted = rows.annotate(
        confirmed=Sum("places", filter=Q(status=RegistrationStatus.CONFIRMED), default=0),
        waiting=Count("pk", filter=Q(status=RegistrationStatus.WAITING)),
    )
    found = {row["desk"]: (row["confirmed"], row["waiting"]) for row in counted}
    return {desk.pk: found.get(desk.pk, (0, 0)) for desk in desks}


def _desk_item(desk: Desk, numbers: tuple[int, int]) -> DeskItem:
    return DeskItem(
        id=desk.translation_key,
        title=str(desk.version(desk.original_language).get("title") or ""),
        status=EventStatus(desk.status),
        starts_at=desk.starts_at,
        ends_at=desk.ends_at,
        opening=desk.opening.value,
        capacity=desk.capacity,
        confirmed_places=numbers[0],
        waiting=numbers[1],
    )


def _question_item(question: Question) -> QuestionItem:
    language = question.desk.original_language
    return QuestionItem(
        key=question.key,
        type=question.type,
        label=question.label(language),
        required=question.required,
        choices=[
            ChoiceItem(key=choice.key, label=question.choice_label(choice.key, language))
            for choice in question.choices
            if not choice.retired
        ],
    )
