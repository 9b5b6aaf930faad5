"""What every response and request has in common, as Pydantic models: the OpenAPI document is made from them."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Generic, TypedDict, TypeVar
from uuid import UUID

from django.conf import settings
from ninja.schema import BaseModel
from pydantic import AfterValidator, Field, WithJsonSchema
from pydantic.config import JsonDict

Entry = TypeVar("Entry", bound=BaseModel)

MOST_ITEMS = 100  # in one response
LARGEST_OFFSET = 100_000


def language_codes() -> list[str]:
    """Return the codes of the site's languages."""
    return [code for code, _name in settings.LANGUAGES]


def _known_language(code: str) -> str:
    if code not in language_codes():
        raise ValueError(f"must be one of {', '.join(language_codes())}")
    return code


#: One of the site's languages. It is never guessed from the client's headers, so that caches can share a response.
Language = Annotated[
    str, AfterValidator(_known_language), WithJsonSchema({"type": "string", "enum": language_codes()})
]


def without_null(schema: JsonDict) -> None:
    """Describe a parameter or field that may be left out, and is never null (for ``json_schema_extra``)."""
    options = schema.pop("anyOf")
    schema.pop("default", None)
    schema.update(options[0])  # type: ignore[index, arg-type]  # JSON


class LanguageQuery(BaseModel):
    """The language of a response."""

    lang: Language = Field(settings.LANGUAGE_CODE, description="The language of the texts and addresses.")


class ListQuery(LanguageQuery):
    """The language and the portion of a list."""

    limit: int = Field(20, ge=1, le=MOST_ITEMS, description="How many items to return.")
    offset: int = Field(0, ge=0, le=LARGEST_OFFSET, description="How many items to leave out at the start.")


class Listing(BaseModel, Generic[Entry]):
    """A portion of a list."""

    count: int = Field(description="How many items the whole list has.")
    next: str | None = Field(description="The address of the next portion.")
    previous: str | None = Field(description="The address of the portion before.")
    items: list[Entry]


class PageItem(BaseModel):
    """What every published page has."""

    id: UUID = Field(description="The same in every language. It never changes.")
    language: str
    url: str | None = Field(description="The address of the page.")
    title: str
    summary: str
    topics: list[str] = Field(description="The keys of its topics: `slug` in `/topics`.")
    published_at: datetime | None = Field(description="When the page was first published.")
    updated_at: datetime | None = Field(description="When the page was last published.")


class PageFields(TypedDict):
    """The fields of ``PageItem``."""

    id: UUID
    language: str
    url: str | None
    title: str
    summary: str
    topics: list[str]
    published_at: datetime | None
    updated_at: datetime | None


class Link(BaseModel):
    """Another page in the same language."""

    id: UUID
    title: str
    url: str | None


class Problem(BaseModel):
    """Why a request failed (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str = ""
    errors: list[dict[str, object]] | None = None
