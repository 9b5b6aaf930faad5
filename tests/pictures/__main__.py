"""Take all pictures of the demo into a folder, with an ``index.html`` that shows them side by side.

``python -m tests.pictures [FOLDER] [--only public admin mail] [--matching WORD]``: about a quarter of an hour for all.
"""

import argparse
import html
import os
import tempfile
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import django

KINDS = ("mail", "public", "admin")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.pictures", description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=Path("var/pictures"))
    parser.add_argument("--only", nargs="+", choices=KINDS, default=KINDS)
    parser.add_argument("--matching", default="", help="only what has this word in its name")
    parser.add_argument("--widths", nargs="+", type=int, default=(320, 768, 1440))
    parser.add_argument("--browsers", type=int, default=os.cpu_count() or 2)
    arguments = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.test")
    django.setup()
    failed = take_all(arguments.folder, arguments.only, arguments.matching, arguments.widths, arguments.browsers)
    print(f"{write_index(arguments.folder)} pictures: open {arguments.folder / 'index.html'}")
    if failed:
        raise SystemExit("\n".join(["without a picture:", *failed]))


def take_all(folder: Path, kinds: tuple[str, ...], word: str, widths: list[int], browsers: int) -> list[str]:
    """Take the pictures of some kinds. Return what failed."""
    from tests.instance import running  # app registry
    from tests.pictures import addresses, shots  # app registry
    from tests.pictures.views import views_without_picture  # app registry

    with tempfile.TemporaryDirectory() as site_folder, running(Path(site_folder)) as site:
        prepared = addresses.prepare(site)
        done, views = [], set()
        with ProcessPoolExecutor(browsers, mp_context=get_context("spawn")) as pool:
            for kind in kinds:
                (folder / kind).mkdir(parents=True, exist_ok=True)
                # The browsers begin while the views of the admin are still being looked for.
                found = [shot for shot in addresses.shots(site, prepared, folder, kind) if word in shot.name]
                views |= {shot.view for shot in found}
                # Small portions, so that no browser waits for another at the end.
                portions = [found[start : start + 20] for start in range(0, len(found), 20)]
                done += [
                    pool.submit(shots.take, each, folder.resolve(), prepared.accounts, widths) for each in portions
                ]
            failed = [failure for each in done for failure in each.result()]
        if "admin" in kinds and not word:
            failed += views_without_picture(views)
        return failed


def figures(folder: Path) -> Iterator[str]:
    for path in sorted(folder.rglob("*.jpg")):
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
