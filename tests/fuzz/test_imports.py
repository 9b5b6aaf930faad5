"""Lists, spreadsheets and translations that staff import: never an error, and never a name read wrongly."""

import csv
import io
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from wagtail_localize.models import Translation
from wagtail_localize.operations import translate_object

from network_pages.models import Membership
from tests.factories import NetworkIndexPageFactory, NetworkPageFactory, in_language, locale
from tests.factories.registrations import desk_of, event_with_desk
from tests.fuzz.files import ODD_BOOKS, book, damaged, lists, row
from tests.fuzz.texts import bounded, raw_bytes, texts
from verkosto.core.text import clean_name
from verkosto.localisation.exchange import FORMATS, units_for

pytestmark = [pytest.mark.django_db, pytest.mark.minutes]
LETTERS = st.text(st.characters(categories=["Lu", "Ll", "Lo", "Mn"]), min_size=1, max_size=12)
NAMES = st.lists(LETTERS, min_size=1, max_size=3).map(" ".join)


@pytest.fixture
def staff(client: Client) -> Client:
    client.force_login(User.objects.create_superuser("admin"))
    return client


@pytest.fixture
def event() -> Any:
    return event_with_desk()


@pytest.fixture
def imports(event: Any) -> dict[str, dict[str, Any]]:
    """The address of each import of a list, with what is sent besides the file."""
    home = event.get_parent().get_parent()
    network = NetworkPageFactory(parent=NetworkIndexPageFactory(parent=home), title="Johtajaverkosto")
    return {
        "/admin/members/import/": {"page": str(network.translation_key)},
        f"/admin/registrations/{desk_of(event).pk}/invitations/": {"language": "fi"},
    }


def upload(client: Client, path: str, name: str, content: bytes, **data: Any) -> Any:
    return client.post(path, {**data, "file": SimpleUploadedFile(name, content)})


def test_no_list_is_an_error(staff: Client, imports: dict[str, dict[str, Any]]) -> None:
    """It is shown, line by line, or the form says what is wrong."""

    @given(content=lists, more=texts)
    @bounded(25)
    def look(content: bytes, more: str) -> None:
        for path, data in imports.items():
            answer = upload(staff, path, "list.csv", content, **data, addresses=more)
            assert answer.status_code == 200
            form = answer.context["form"]
            assert form.errors or "plan" in answer.context or "previews" in answer.context

    look()


@pytest.mark.parametrize("name", ODD_BOOKS)
def test_odd_spreadsheet_is_read_or_refused_with_a_reason(
    staff: Client, imports: dict[str, dict[str, Any]], name: str
) -> None:
    content = ODD_BOOKS[name]()
    for path, data in imports.items():
        answer = upload(staff, path, "list.xlsx", content, **data)
        found = [error for errors in answer.context["form"].errors.values() for error in errors]
        assert (answer.status_code, bool(found)) == (200, "aino" not in str(answer.content) or bool(found)), found


def test_names_are_read_in_every_encoding(staff: Client, imports: dict[str, dict[str, Any]]) -> None:
    """As CSV in what spreadsheet programs write, or as XLSX: the preview has each name."""
    (path, data), _invitations = imports.items()

    @given(
        names=st.lists(NAMES, min_size=1, max_size=3), kind=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "xlsx"])
    )
    @bounded(25)
    def look(names: list[str], kind: str) -> None:
        lines = [(f"a{number}@example.fi", name) for number, name in enumerate(names)]
        file = io.StringIO()
        csv.writer(file, delimiter=";").writerows(lines)
        content = book("".join(row(*line) for line in lines)) if kind == "xlsx" else file.getvalue().encode(kind)
        plan = upload(staff, path, "list", content, **data).context["plan"]
        assert [(person.email, person.name) for person in plan.new_members] == [
            (address, clean_name(name)) for address, name in lines
        ]

    look()


def test_names_of_old_spreadsheet_programs_are_imported(staff: Client, imports: dict[str, dict[str, Any]]) -> None:
    (path, data), _invitations = imports.items()
    upload(staff, path, "list.csv", "aino@example.fi;Šimon Žižka €".encode("cp1252"), **data, add="1")
    assert Membership.objects.get().name == "Šimon Žižka €"


@pytest.fixture
def translation(event: Any) -> Translation:
    in_language(event.get_parent().specific, "sv")
    translate_object(event, [locale("sv")])
    found: Translation = Translation.objects.get(source__object_id=event.translation_key)
    return found


@pytest.mark.parametrize("name", FORMATS)
def test_no_file_of_translations_is_an_error(staff: Client, translation: Translation, name: str) -> None:
    fmt = FORMATS[name]
    right = fmt.write(list(units_for([translation])), source_language="fi", language="sv")
    paths = (
        reverse("verkosto_localisation:exchange"),
        reverse("wagtail_localize:upload_pofile", args=[translation.pk]),
    )

    @given(content=st.one_of(damaged(right), raw_bytes, translated(right, fmt)), despite=st.booleans())
    @bounded(25)
    def bring_in(content: bytes, despite: bool) -> None:
        for path in paths:
            with transaction.atomic():
                data = {"despite_refusals": "on"} if despite else {}
                assert upload(staff, path, f"x.{fmt.suffix}", content, **data).status_code in (200, 302)
                transaction.set_rollback(True)

    bring_in()


@st.composite
def translated(draw: Any, right: bytes, fmt: Any) -> bytes:
    """Draw the file with a hostile text as each translation."""
    _language, units = fmt.read(right)
    done = [type(unit)(**{**unit.__dict__, "target": draw(texts).replace("\0", "")}) for unit in units]
    content: bytes = fmt.write(done, source_language="fi", language="sv")
    return content
