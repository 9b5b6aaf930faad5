import pytest
from django.core.exceptions import ValidationError

from home.models import HomePage, StandardPage
from tests.factories import StandardPageFactory
from verkosto.core.fields import BodyField


def test_body_field_goes_into_migrations_without_blocks() -> None:
    _name, path, args, kwargs = StandardPage._meta.get_field("body").deconstruct()

    assert (path, args) == ("verkosto.core.fields.BodyField", [])
    assert "block_lookup" not in kwargs


def test_body_field_has_the_blocks_of_installed_apps() -> None:
    names = set(BodyField().stream_block.child_blocks)

    assert {"heading", "rich_text", "quotation", "image", "principles", "fact_box", "contacts"} <= names
    assert {"links", "documents", "table", "embed", "notice"} <= names


def test_page_without_summary_cannot_be_published(homes: dict[str, HomePage]) -> None:
    page = StandardPageFactory(parent=homes["fi"], live=False, summary="")

    with pytest.raises(ValidationError, match="summary"):
        page.save_revision().publish()


def test_page_without_summary_can_be_a_draft(homes: dict[str, HomePage]) -> None:
    page = StandardPageFactory(parent=homes["fi"], live=False, summary="")

    page.refresh_from_db()
    assert page.summary == ""
