import pytest
from django.core.exceptions import ValidationError
from django.template import Context, Template
from django.utils.translation import override

from home.models import HomePage
from tests.factories import StandardPageFactory, in_language
from verkosto.core.blocks import BodyBlock, LinkBlock, LinksBlock, NeutralCharBlock, TranslatableTableBlock
from verkosto.core.related_links import RelatedLink

EMPTY_LINK = {"title": "", "page": None, "url": "", "document": None, "description": ""}


@pytest.mark.parametrize("name", list(BodyBlock.base_blocks))
@pytest.mark.django_db
def test_block_has_a_preview_and_says_what_it_is_for(name: str) -> None:
    block = BodyBlock().child_blocks[name]

    assert block.meta.template
    assert block.get_description()
    assert block.is_previewable
    block.render(block.get_preview_value())


def test_block_of_every_installed_app_says_what_it_is_for_and_shows_it() -> None:
    blocks = BodyBlock().child_blocks.items()

    assert [name for name, block in blocks if not (block.get_description() and block.is_previewable)] == []


@pytest.mark.parametrize(
    "value",
    [
        EMPTY_LINK,
        {**EMPTY_LINK, "url": "https://example.fi/"},
    ],
)
def test_link_without_one_target_and_text_is_refused(value: dict) -> None:
    block = LinkBlock()

    with pytest.raises(ValidationError):
        block.clean(block.to_python(value))


@pytest.mark.parametrize("count", [1, 30])
def test_links_to_pages_in_the_language_of_the_reader(
    homes: dict[str, HomePage], django_assert_num_queries: object, count: int
) -> None:
    pages = [StandardPageFactory(parent=homes["fi"], title="Tietoa", slug=f"tietoa-{n}") for n in range(count)]
    for page in pages:
        in_language(page, "sv", title="Om oss")
    block = LinksBlock()
    raw = {"title": "", "links": [{**EMPTY_LINK, "page": page.pk} for page in pages]}
    block.render(block.to_python(raw))  # fills the caches of addresses and templates

    with override("sv"), django_assert_num_queries(2):  # type: ignore[operator]
        html = block.render(block.to_python(raw))

    assert html.count("Om oss") == count
    assert "Tietoa" not in html


def test_related_links_leave_out_what_is_not_published(homes: dict[str, HomePage]) -> None:
    shown = StandardPageFactory(parent=homes["fi"], title="Tietoa", slug="tietoa")
    hidden = StandardPageFactory(parent=homes["fi"], live=False)
    link = {**EMPTY_LINK, "title": "Esimerkki", "url": "https://example.fi/"}
    page = StandardPageFactory(parent=homes["fi"], related=[("page", shown), ("page", hidden), ("link", link)])

    assert page.related_links == [
        RelatedLink("page", "Tietoa", "/fi/tietoa/"),
        RelatedLink("link", "Esimerkki", "https://example.fi/"),
    ]


def test_neutral_text_goes_to_no_translator() -> None:
    block = NeutralCharBlock()

    assert block.get_translatable_segments("+358 295 00 100") == []
    assert block.restore_translated_segments("+358 295 00 100", []) == "+358 295 00 100"


def test_table_cells_go_to_translators_and_come_back() -> None:
    block = TranslatableTableBlock()
    value = {"data": [["Vuosi", "Ryhmiä"], ["2019", ""]], "table_caption": "Ryhmät"}
    segments = block.get_translatable_segments(value)

    assert [(segment.path, segment.string.data) for segment in segments] == [
        ("0.0", "Vuosi"),
        ("0.1", "Ryhmiä"),
        ("1.0", "2019"),
        ("caption", "Ryhmät"),
    ]
    for segment in segments:
        segment.string.data = segment.string.data.upper()
    assert block.restore_translated_segments(value, segments) == {
        "data": [["VUOSI", "RYHMIÄ"], ["2019", ""]],
        "table_caption": "RYHMÄT",
    }


@pytest.mark.parametrize(("language", "expected"), [("fi", "”Hei”"), ("sv", "”Hei”"), ("en", "“Hei”")])
def test_quotation_marks_follow_the_language(language: str, expected: str) -> None:
    with override(language):
        assert Template("{% load core_tags %}{% quoted text %}").render(Context({"text": "Hei"})) == expected
