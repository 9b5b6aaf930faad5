"""Signing in to a running site, what others' staff and strangers may see, and what staff upload."""

from dataclasses import dataclass
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


@dataclass(frozen=True)
class Foreign:
    """A page of the demo with a registration, which neither of two members of staff may edit: what they might ask of it."""

    page: int
    title: str
    revisions: tuple[int, int]
    desk: int
    registration: int
    notice: int

    @property
    def api(self) -> str:
        """The page in the API of the admin."""
        return f"/admin/api/main/pages/{self.page}/"

    def addresses(self) -> dict[str, dict[str, str]]:
        """Return the addresses of its views, each with a form that would change or show something."""
        page, desk, one = f"/admin/pages/{self.page}/", f"/admin/registrations/{self.desk}/", f"{self.registration}/"
        older, newer = self.revisions
        content = {"title": "Kaapattu", "slug": "kaapattu", "action-publish": "1"}
        export = {"language": "fi", "format": "csv"}
        answers = {"name": "Kaapattu", "email": "kaapattu@example.fi", "language": "fi", "subject": "x", "body": "x"}
        of_page = (
            "edit/",
            "edit/preview/",
            "copy/",
            "history/",
            "move/",
            "delete/",
            "unpublish/",
            "usage/",
            "privacy/",
        )
        of_revision = (f"{newer}/view/", f"{newer}/revert/", f"compare/{older}...{newer}/")
        at_desk = ("", one, f"{one}change/", f"{one}cancel/", f"{one}erase/", "messages/", "statistics/", "print/list/",
                   "print/badges/", "mails/new/", "invitations/", "duplicates/", "check-in/")  # fmt: skip
        action = "/admin/bulk/verkosto_registrations/registration/cancel/"
        notice = "/admin/snippets/verkosto_directory/privacynotice"
        return {
            **{page + name: content for name in of_page},
            **{f"{page}revisions/{name}": content for name in of_revision},
            **{desk + name: answers for name in at_desk},
            f"{desk}export/": export,
            f"/admin/registrations/pages/{self.page}/announce/": {"choice": "publish"},
            f"{action}?id={self.registration}": {"reason": "x"},
            f"/admin/bulk/wagtailcore/page/delete/?id={self.page}": {},
            f"{notice}/edit/{self.notice}/": content,
            f"{notice}/copy/{self.notice}/": content,
            self.api: {},
            f"/admin/api/main/pages/{self.page}/action/unpublish/": {},
            f"/admin/api/main/pages/{self.page}/action/copy/": {},
        }


def foreign_page(site: ProductionSite, web: Web) -> Foreign:
    """Register for an event of the demo in Finnish, give it two revisions, and return what to ask of it."""
    desk_path = site.desk(OPEN, "fi")
    web.post(desk_path, filled_in(web.get(desk_path).text, name="Bertta Bee", email="b@example.fi"))
    ((desk, registration),) = site.rows(
        "SELECT desk_id, id FROM verkosto_registrations_registration WHERE email = 'b@example.fi'"
    )
    ((page, title),) = site.rows(
        "SELECT p.id, p.title FROM wagtailcore_page p JOIN wagtailcore_locale l ON l.id = p.locale_id"
        " JOIN verkosto_registrations_desk d ON d.translation_key = p.translation_key"
        " WHERE d.id = ? AND l.language_code = 'fi'",
        desk,
    )
    save = f"from wagtail.models import Page; p = Page.objects.get(pk={page}).specific; p.save_revision(); p.save_revision()"
    site.run("shell", "--no-imports", "--verbosity=0", "-c", save)
    revisions = site.rows(
        "SELECT id FROM wagtailcore_revision WHERE object_id = ? ORDER BY id DESC LIMIT 2", str(page)
    )
    ((notice,),) = site.rows("SELECT min(id) FROM verkosto_directory_privacynotice")
    newer, older = (int(str(pk)) for (pk,) in revisions)
    keys = {"page": page, "desk": desk, "registration": registration, "notice": notice}
    return Foreign(title=str(title), revisions=(older, newer), **{name: int(str(key)) for name, key in keys.items()})


@pytest.mark.parametrize("name", ["network-a", "translator-sv"])
def test_editor_of_another_network_and_language_gets_nothing(production: ProductionSite, web: Web, name: str) -> None:
    """An editor of one network in Swedish, and a translator into Swedish, ask for all of a page in Finnish."""
    foreign = foreign_page(production, web)
    stored = (
        "SELECT r.status, r.name, p.title, p.live, p.latest_revision_id FROM verkosto_registrations_registration r,"
        " wagtailcore_page p WHERE r.id = ? AND p.id = ?"
    )
    before = production.rows(stored, foreign.registration, foreign.page)
    person = ("Bertta", "b@example.fi")
    with Staff(production.url, name) as editor:
        assert editor.answer.status_code == 302
        token = {"csrfmiddlewaretoken": editor.token("/admin/account/")}
        for path, form in foreign.addresses().items():
            for answer in (editor.get(path), editor.post(path, token | form)):
                if path == foreign.api and answer.status_code == 200:
                    # A page of the translator's own names it: its editor shows the title of the public page, no more.
                    assert {*answer.json()} == {"id", "meta", "title", "admin_display_title"}
                    continue
                # Where Wagtail refuses, it leads to the start page, with a message.
                assert answer.status_code in (403, 404, 405) or answer.headers.get("Location") == "/admin/", path
                assert [text for text in (*person, foreign.title) if text in answer.text] == [], path
        lists = ["/admin/registrations/", "/admin/registrations/messages/", "/admin/api/main/pages/?fields=*"]
        lists.append(f"/admin/api/main/pages/?search={foreign.title}")
        # The page chooser names public pages (decision 23), and translators read the names of originals in the list of
        # what is to be translated: nothing of persons.
        chooser = f"/admin/choose-page/search/?q={foreign.title}"
        for path in (*lists, chooser, "/admin/", "/admin/translations/", "/admin/reports/site-history/"):
            text = editor.get(path).text
            assert [word for word in person if word in text] == [], path
            assert path not in lists or foreign.title not in text.replace(f'value="{foreign.title}"', ""), path
    assert production.rows(stored, foreign.registration, foreign.page) == before


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
