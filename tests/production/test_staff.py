"""Signing in to a running site, what others' staff and strangers may see, and what staff upload."""

from io import BytesIO

import pytest
import requests
from PIL import Image as Picture

from tests.journeys.conftest import Web
from tests.journeys.signing_up import OPEN, filled_in
from tests.production.conftest import Staff
from tests.production.data import SECRET
from tests.production.site import ProductionSite

pytestmark = pytest.mark.production
HTML = b"<!DOCTYPE html><script>alert(1)</script>"
MEGABYTE = 1024 * 1024


def test_guessing_a_password_is_slowed_and_nobody_else_is(production: ProductionSite) -> None:
    for number in range(6):
        assert Staff(production.url, "guessed", f"guess {number}").answer.status_code == 200
    assert Staff(production.url, "guessed").answer.status_code == 200  # the right one, and refused
    assert Staff(production.url, "neighbour").answer.status_code == 302  # behind the same address
    assert "Sign-in refused after too many failures" in production.log()
    assert "guessed" not in production.log()


def test_editor_of_another_network_and_language_gets_nothing(production: ProductionSite, web: Web) -> None:
    desk_path = production.desk(OPEN, "fi")
    web.post(desk_path, filled_in(web.get(desk_path).text, name="Bertta Bee", email="b@example.fi"))
    registration = "SELECT desk_id, id, status FROM verkosto_registrations_registration WHERE email = 'b@example.fi'"
    before = production.rows(registration)
    ((desk, one, _status),) = before
    ((page, revision, title),) = production.rows(
        "SELECT p.id, p.latest_revision_id, p.title FROM wagtailcore_page p JOIN wagtailcore_locale l"
        " ON l.id = p.locale_id JOIN verkosto_registrations_desk d ON d.translation_key = p.translation_key"
        " WHERE d.id = ? AND l.language_code = 'fi'",
        desk,
    )
    ((notice,),) = production.rows("SELECT min(id) FROM verkosto_directory_privacynotice")
    at_desk = ("", f"{one}/", "export/", "messages/", f"{one}/cancel/", "statistics/", "print/list/", "mails/new/")
    of_page = ("edit/", "edit/preview/", "copy/", "history/", f"revisions/{revision}/view/", "delete/")
    asked = [
        *(f"/admin/registrations/{desk}/{name}" for name in at_desk),
        *(f"/admin/pages/{page}/{name}" for name in of_page),
        f"/admin/registrations/pages/{page}/announce/",
        f"/admin/bulk/verkosto_registrations/registration/cancel/?id={one}",
        f"/admin/snippets/verkosto_directory/privacynotice/edit/{notice}/",
        f"/admin/snippets/verkosto_directory/privacynotice/copy/{notice}/",
        f"/admin/api/main/pages/{page}/",
    ]
    ours = ("Bertta", "b@example.fi", str(title))
    with Staff(production.url, "network-a") as editor:
        assert editor.answer.status_code == 302
        token = {"csrfmiddlewaretoken": editor.token("/admin/account/")}
        for path in asked:
            for answer in (editor.get(path), editor.post(path, token)):
                # Where Wagtail refuses, it leads to the start page, with a message.
                assert answer.status_code in (403, 404, 405) or answer.headers.get("Location") == "/admin/", path
                assert [text for text in ours if text in answer.text] == [], path
        for path in ("/admin/registrations/", "/admin/registrations/messages/", "/admin/api/main/pages/?fields=*"):
            answer = editor.get(path)
            assert answer.status_code == 200, path
            assert [text for text in ours if text in answer.text] == [], path
    assert production.rows(registration) == before


def test_private_page_and_files_are_nowhere_for_the_anonymous(production: ProductionSite, web: Web) -> None:
    made = production.made
    page, index = made["private_url"], made["index"]
    lists = (
        index, f"{index}calendar.ics", f"{index}events.rss", f"{index}events.atom", "/fi/", "/sitemap.xml",
        "/sitemap-1.xml", "/fi/search/?q=johtoryhm%C3%A4", "/api/v2/pages/", "/admin/api/main/pages/",
    )  # fmt: skip
    for path in lists:
        text = web.get(path).text
        assert SECRET not in text, path
        assert page not in text, path
    own = (page, f"{page}event.ics", made["private_document"], made["private_rendition"], made["private_original"])
    for path in own:
        answer = web.get(path)
        assert answer.status_code in (302, 403, 404), path
        assert SECRET not in answer.text, path


def test_uploads_are_refused_or_harmless(production: ProductionSite) -> None:
    svg, picture, located = b"<svg xmlns='http://www.w3.org/2000/svg'/>", BytesIO(), BytesIO()
    Picture.new("RGB", (2, 2)).save(picture, "PNG")
    exif = Picture.Exif()
    exif.get_ifd(0x8825)[1] = "N"  # GPS
    Picture.new("RGB", (40, 40)).save(located, "JPEG", exif=exif)
    large = picture.getvalue() + bytes(11 * MEGABYTE)
    refused = (("a.html", HTML), ("a.svg", svg), ("a.exe", b"MZ"), ("a.png", HTML), ("large.png", large))
    counted = "SELECT (SELECT count(*) FROM wagtailimages_image), (SELECT count(*) FROM wagtaildocs_document)"
    with Staff(production.url, "admin") as staff:
        token = staff.token("/admin/images/add/")

        def upload(kind: str, name: str, content: bytes) -> int:
            form = {"csrfmiddlewaretoken": token, "title": "Testi", "collection": "1"}
            return staff.post(f"/admin/{kind}/add/", form, files={"file": (name, content)}).status_code

        before = production.rows(counted)
        for name, content in refused:
            assert upload("images", name, content) == 200, name
            assert upload("documents", name, content) == 200, name
        assert production.rows(counted) == before
        assert upload("images", "gps.jpg", located.getvalue()) == 302
        assert upload("documents", "a.txt", HTML) == 302
        ((image,),) = production.rows("SELECT max(id) FROM wagtailimages_image")
        shown = staff.get(f"/admin/images/{image}/preview/width-20/")
    assert shown.status_code == 200
    assert not Picture.open(BytesIO(shown.content)).getexif().get_ifd(0x8825)
    ((document, file),) = production.rows("SELECT id, file FROM wagtaildocs_document ORDER BY id DESC LIMIT 1")
    answer = requests.get(f"{production.url}/documents/{document}/{str(file).rpartition('/')[2]}", timeout=60)
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
