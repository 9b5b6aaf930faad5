"""What pyproject.toml cannot say: the wheel's catalogues are compiled while it is built, without gettext's tools."""

import shutil
from pathlib import Path

import polib
from setuptools import setup
from setuptools.command.build_py import build_py


class BuildWithCatalogues(build_py):
    """Copy the packages into an empty folder, then write a ``.mo`` next to every ``.po`` of the copy."""

    def run(self) -> None:
        if self.editable_mode:
            super().run()
            return
        shutil.rmtree(self.build_lib, ignore_errors=True)  # an earlier build's files are none of this wheel
        super().run()
        for catalogue in sorted(Path(self.build_lib).rglob("*.po")):
            polib.pofile(str(catalogue)).save_as_mofile(str(catalogue.with_suffix(".mo")))


setup(cmdclass={"build_py": BuildWithCatalogues})
