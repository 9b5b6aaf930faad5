"""The PO upload of wagtail-localize: files that it would import wrongly are refused with the reason."""

import polib
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail_localize.models import StringTranslation


@pytest.fixture
def upload(client, make_user, translation):
    client.force_login(make_user("sv", "change_page"))
    StringTranslation.objects.filter(data="sv Johdanto").delete()

    def send(change):
        po = translation.export_po()
        change(po)
        url = reverse("wagtail_localize:upload_pofile", args=[translation.pk])
        return client.post(f"{url}?next=/admin/", {"file": SimpleUploadedFile("x.po", str(po).encode())})

    return send


def entry(po) -> polib.POEntry:
    return po.find("Johdanto")


def imported():
    return StringTranslation.objects.filter(data="Ny inledning").exists()


def test_a_good_file_is_imported(upload):
    assert upload(lambda po: setattr(entry(po), "msgstr", "Ny inledning")).status_code == 302
    assert imported()


def test_a_fuzzy_entry_is_not_final(upload):
    def change(po):
        entry(po).msgstr = "Ny inledning"
        entry(po).flags.append("fuzzy")

    assert upload(change).status_code == 302
    assert not imported()


def test_a_file_without_its_header_is_refused(upload):
    def change(po):
        entry(po).msgstr = "Ny inledning"
        del po.metadata["X-WagtailLocalize-TranslationID"]

    assert upload(change).status_code == 302
    assert not imported()


def test_damaged_markup_is_refused(upload):
    assert upload(lambda po: setattr(entry(po), "msgstr", "Ny inledning<b>")).status_code == 302
    assert StringTranslation.objects.filter(data__contains="<b>").count() == 0


def test_no_file_is_refused(client, make_user, translation):
    client.force_login(make_user("sv", "change_page"))
    before = list(StringTranslation.objects.order_by("pk").values())
    assert client.post(reverse("wagtail_localize:upload_pofile", args=[translation.pk])).status_code == 302
    assert list(StringTranslation.objects.order_by("pk").values()) == before
