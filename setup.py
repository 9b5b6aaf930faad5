"""What pyproject.toml cannot say: the wheel's catalogues are compiled while it is built, without gettext's tools."""

from pathlib import Path

import polib
from setuptools import setup
from setuptools.command.build_py import build_py


class BuildWithCatalogues(build_py):
    """Copy the packages, then write a ``.mo`` next to every ``.po`` of the copy."""

    def run(self) -> None:
        super().run()
        if self.editable_mode:
            return
        for catalogue in sorted(Path(self.build_lib).rglob("*.po")):
            polib.pofile(str(catalogue)).save_as_mofile(str(catalogue.with_suffix(".mo")))


setup(cmdclass={"build_py": BuildWithCatalogues})
