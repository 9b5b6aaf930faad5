"""``make pictures`` takes every view of the admin: a new one without a picture fails here."""

from pathlib import Path

import pytest

from tests.instance import running
from tests.pictures.addresses import EDIT, admin, prepare
from tests.pictures.views import views_without_picture

pytestmark = [pytest.mark.journey, pytest.mark.minutes]


def test_every_view_has_a_picture(tmp_path: Path) -> None:
    with running(tmp_path) as site:
        taken = admin(site, prepare(site))
    names = {EDIT if name.startswith(EDIT) else name for name in taken}
    what_to_do = "link to the view, or add it to tests/pictures/staff_rows.py, or to WITHOUT_PICTURE with the reason"
    assert list(views_without_picture(names)) == [], what_to_do
    assert len([name for name in taken if name.startswith(EDIT)]) == 13, "one editor for each type of page"
