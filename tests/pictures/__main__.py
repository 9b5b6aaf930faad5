"""Take all pictures of the demo into a folder, with an ``index.html`` that shows them side by side.

``python -m tests.pictures [FOLDER] [--only public admin mail]``. Takes about a quarter of an hour for all of them.
"""

import argparse
import html
import os
import tempfile
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path

import django
from playwright.sync_api import BrowserContext, Page, sync_playwright

WIDTHS = (320, 768, 1440)
#: Scheme of colours and forced colours (Windows' high contrast), in which each picture is taken.
LOOKS = {
    "light": {"color_scheme": "light"},
    "dark": {"color_scheme": "dark"},
    "forced": {"color_scheme": "dark", "forced_colors": "active"},
}
LANGUAGES = ("fi", "sv", "en")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.pictures", description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=Path("var/pictures"))
    parser.add_argument("--only", nargs="+", choices=("public", "admin", "mail"), default=("public", "admin", "mail"))
    arguments = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.test")
    django.setup()
    take(arguments.folder, arguments.only)
    print(f"{write_index(arguments.folder)} pictures: open {arguments.folder / 'index.html'}")


def take(folder: Path, kinds: tuple[str, ...]) -> None:
    """Take the pictures of some kinds: "public", "admin", "mail"."""
    from tests.instance import running  # app registry
    from tests.pictures import addresses  # app registry
    from tests.services import chromium  # app registry

    with tempfile.TemporaryDirectory() as site_folder, running(Path(site_folder)) as site, sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium(), args=["--no-sandbox", "--disable-gpu"])
        for look, options in LOOKS.items():
            for width in WIDTHS if look != "forced" else WIDTHS[-1:]:
                context = browser.new_context(viewport={"width": width, "height": 900}, **options)  # type: ignore[arg-type]
                suffix = f"{width}-{look}.png"
                if "public" in kinds:
                    for name, path in addresses.public(site, cycle(LANGUAGES)):
                        shoot(context, site.url + path, folder / "public" / f"{name}-{suffix}")
                if "mail" in kinds:
                    for path in addresses.mails(site, folder / "mail"):
                        shoot(context, path.as_uri(), path.with_name(f"{path.stem}-{suffix}"))
                if "admin" in kinds:
                    addresses.sign_in(context, site)
                    for name, path in addresses.admin(site):
                        shoot(context, site.url + path, folder / "admin" / f"{name}-{suffix}")
                context.close()


def shoot(context: BrowserContext, url: str, path: Path) -> None:
    """Take one picture of the whole page."""
    page: Page = context.new_page()
    page.goto(url, wait_until="load")
    page.screenshot(path=path, full_page=True, animations="disabled")
    page.close()


def figures(folder: Path) -> Iterator[str]:
    for path in sorted(folder.rglob("*.png")):
        name = html.escape(str(path.relative_to(folder)))
        picture = f'<a href="{name}"><img src="{name}" loading="lazy" height="480"></a>'
        yield f"<figure>{picture}<figcaption>{name}</figcaption></figure>"


def write_index(folder: Path) -> int:
    """Write the page that shows all pictures. Return their number."""
    shown = list(figures(folder))
    style = "body{display:flex;flex-wrap:wrap;gap:1rem;font:1rem sans-serif}figure{margin:0}"
    (folder / "index.html").write_text(f"<!doctype html><title>Pictures</title><style>{style}</style>{''.join(shown)}")
    return len(shown)


if __name__ == "__main__":
    main()
