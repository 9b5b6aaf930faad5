import csv
import io
import json
import zipfile
from xml.etree import ElementTree

import openpyxl
import pytest
from django.db.models import CharField, Value
from django.urls import reverse
from django.utils import timezone
from openpyxl.utils.escape import unescape

from verkosto.registrations.exports import Export, export_formats
from verkosto.registrations.exports.csv import as_text
from verkosto.registrations.models import Registration, SensitiveAnswers

HOSTILE = ['=HYPERLINK("http://x")', "+1", "-1", "@x", "\tx", "\rx"]
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def export(desk, kind, language="fi", **options):
    made = Export(desk=desk, registrations=desk.registrations.all(), language=language, **options)
    return b"".join(export_formats()[kind].stream(made))


def read_csv(data):
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def sheet_of(data):
    text = zipfile.ZipFile(io.BytesIO(data)).read("xl/worksheets/sheet1.xml")
    return ElementTree.fromstring(text)  # noqa: S314 - our own file


def store_name(registration, name):
    """Store a name as it is, past the field that cleans it."""
    rows = Registration.objects.filter(pk=registration.pk)
    rows.update(name=Value(name, output_field=CharField()))


@pytest.fixture
def sensitive(desk, make_question, make_registration):
    question = make_question(desk, "Ruokavalio", "dietary_needs", sensitive=True)
    SensitiveAnswers.objects.create(registration=make_registration(desk), answers={question.key: "Pähkinäallergia"})


def body(response):
    return b"".join(response.streaming_content).decode()


def test_csv_has_one_column_a_question_in_the_chosen_language(desk, make_question, make_registration):
    question = make_question(desk, "Työpaja", "choice", ["Arki"])
    question.labels["sv"] = "Verkstad"
    question.choice_rows[0]["labels"]["sv"] = "Vardag"
    question.save()
    make_question(desk, "Vanha", retired_at=timezone.now())
    make_registration(desk, name="Aino", language="sv", answers={question.key: question.choices[0].key})
    header, row = read_csv(export(desk, "csv", "sv"))
    assert header[-2] == "Verkstad"
    assert header[-1].startswith("Vanha (")
    assert (row[1], row[-2], row[-1]) == ("Aino", "Vardag", "")


@pytest.mark.parametrize("name", HOSTILE)
def test_formulas_are_harmless_in_csv(desk, make_registration, name):
    store_name(make_registration(desk), name)
    assert read_csv(export(desk, "csv"))[1][1] == f"'{name}"


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("Aino;=1+1", "Aino;'=1+1"),
        ('a; "@b";-1;c', "a; \"'@b\";'-1;c"),
        ("Ostokset:\r\n+1\n- 2\n3 = 3", "Ostokset:\r\n'+1\n'- 2\n3 = 3"),
        ("\t=1", "'\t=1"),
        ("a-b, -1 = c; d", "a-b, -1 = c; d"),
        ("\n" * 100_000, "\n" * 100_000),
    ],
)
def test_no_part_of_a_cell_is_a_formula_where_semicolons_separate_cells(typed, written):
    """Found when tried: Excel in Finnish reads ``Aino;=1+1`` as two cells."""
    assert as_text(typed) == written


@pytest.mark.parametrize(
    "name",
    [
        *HOSTILE,
        "{=1+1}",
        "https://example.fi/",
        "mailto:a@example.fi",
        "12",
        "_x0041_",
        "a & <b>",
        "\x07x",
        "<r>a & b</r>",
    ],
)
def test_xlsx_has_no_formula_and_the_value_verbatim(desk, make_registration, name):
    store_name(make_registration(desk, places=3), name)
    data = export(desk, "xlsx")
    assert not sheet_of(data).findall(f".//{MAIN}f")
    assert not sheet_of(data).findall(f".//{MAIN}hyperlink")
    sheet = openpyxl.load_workbook(io.BytesIO(data)).active
    assert (unescape(sheet["B2"].value), sheet["E2"].value) == (name, 3)


def test_xlsx_says_empty_numbers_and_long_texts_as_they_are(desk, make_question, make_registration):
    number, text = make_question(desk, "Ikä", "number"), make_question(desk, "Kerro")
    make_registration(desk, name="Aino", answers={number.key: 4.5, text.key: "ä" * 40_000})
    make_registration(desk, name="Matti", answers={text.key: "<r>" + "b" * 40_000 + "</r>"})
    sheet = openpyxl.load_workbook(io.BytesIO(export(desk, "xlsx"))).active
    assert sheet.freeze_panes == "A2"
    assert all(cell.font.bold for cell in sheet[1])
    assert [cell.value for cell in sheet[2]][-2:] == [4.5, "ä" * 32_767]
    assert [cell.value for cell in sheet[3]][-2:] == [None, "<r>" + "b" * 32_764]
    assert (sheet.max_row, sheet["J2"].value, sheet["D2"].value) == (3, None, None)


def test_rows_beyond_a_full_sheet_stand_in_the_next(desk, make_registration, monkeypatch):
    monkeypatch.setattr("verkosto.registrations.exports.xlsx.LAST_ROW", 2)
    for name in "abcde":
        make_registration(desk, name=name)
    sheets = openpyxl.load_workbook(io.BytesIO(export(desk, "xlsx"))).worksheets
    header = [cell.value for cell in sheets[0][1]]
    assert [[row[1].value for row in sheet.iter_rows(min_row=2)] for sheet in sheets] == [
        ["a", "b"],
        ["c", "d"],
        ["e"],
    ]
    assert [[cell.value for cell in sheet[1]] for sheet in sheets] == [header] * 3


@pytest.mark.parametrize("portions", [1, 10_000])
def test_xlsx_leaves_no_file_behind(desk, make_registration, monkeypatch, tmp_path, portions):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setattr("verkosto.registrations.exports.xlsx.PORTION", 64)
    make_registration(desk)
    stream = export_formats()["xlsx"].stream(Export(desk=desk, registrations=desk.registrations.all(), language="fi"))
    for _number, portion in zip(range(portions), stream, strict=False):
        assert 0 < len(portion) <= 64
    stream.close()
    assert list(tmp_path.iterdir()) == []


def test_xlsx_that_fails_leaves_no_file_behind(desk, monkeypatch, tmp_path):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    made = Export(desk=desk, registrations=desk.registrations.all(), language="fi")
    monkeypatch.setattr(made, "rows", lambda: iter([["a"], 1]))
    with pytest.raises(TypeError):
        list(export_formats()["xlsx"].stream(made))
    assert list(tmp_path.iterdir()) == []


def test_json_has_answers_as_stored_and_in_words(desk, make_question, make_registration):
    question = make_question(desk, "Työpaja", "choice", ["Arki"])
    key = question.choices[0].key
    make_registration(desk, answers={question.key: key})
    data = json.loads(export(desk, "json"))
    assert data["questions"][0]["label"] == "Työpaja"
    assert data["registrations"][0]["answers"] == {question.key: {"value": key, "text": "Arki"}}


@pytest.mark.parametrize("kind", ["csv", "xlsx", "json"])
def test_an_empty_desk_is_exported(desk, kind):
    assert export(desk, kind)


@pytest.mark.parametrize("kind", ["csv", "xlsx", "json"])
def test_rows_are_read_in_portions(desk, make_registration, kind, django_assert_num_queries):
    for number in range(7):
        make_registration(desk, name=str(number))
    with django_assert_num_queries(5):  # the questions, the number of guests, and 3 + 3 + 1 rows
        data = export(desk, kind, portion=3)
    if kind == "csv":
        assert [row[1] for row in read_csv(data)[1:]] == list("0123456")


@pytest.mark.parametrize("kind", ["csv", "json"])
def test_the_first_bytes_wait_for_no_row(desk, django_assert_num_queries, kind):
    made = Export(desk=desk, registrations=desk.registrations.all(), language="fi")
    # The questions; a table also needs the number of guests for its header.
    with django_assert_num_queries({"csv": 2, "json": 1}[kind]):
        assert next(export_formats()[kind].stream(made))


def test_erased_persons_are_not_exported(admin_client, desk, make_registration):
    registration = make_registration(desk)
    Registration.objects.filter(pk=registration.pk).update(purged_at=timezone.now())
    url = reverse("verkosto_registrations_admin:export", args=[desk.pk])
    assert len(read_csv(body(admin_client.post(url, {"format": "csv", "language": "fi"})).encode())) == 1
