from unittest import mock

from django.contrib.staticfiles import storage

from cms.static_files import StaticFilesStorage


def test_urls_of_static_files_are_made_once() -> None:
    files = StaticFilesStorage(base_url="/static/")
    with mock.patch.object(storage.StaticFilesStorage, "url", side_effect=lambda name: f"/static/{name}") as made:
        urls = [files.url("css/site.css"), files.url("css/site.css"), files.url("css/menu.css")]

    assert urls == ["/static/css/site.css", "/static/css/site.css", "/static/css/menu.css"]
    assert made.call_count == 2
