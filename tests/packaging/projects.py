"""Projects that `wagtail start` makes, with the wheel in an environment of their own, set up as docs/install.md says."""

import os
import re
import shutil
import socket
import subprocess
import sys
import sysconfig
import time
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
GUIDE = ROOT / "docs" / "install.md"
STARTING = 60  # seconds that a server may take on a busy machine


def blocks(language: str) -> list[str]:
    """Return the code blocks of the guide, in their order."""
    return re.findall(rf"```{language}\n(.*?)```", GUIDE.read_text(), re.DOTALL)


def run(*command: str | Path, cwd: Path) -> str:
    """Run a command without our own settings and return what it printed; CalledProcessError says what went wrong."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("DJANGO_", "PYTHON"))}
    result = subprocess.run(
        [*map(str, command)], cwd=cwd, env=environment, capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, f"{command}:\n{result.stdout}\n{result.stderr}"
    return result.stdout + result.stderr


def build_wheel(folder: Path) -> Path:
    """Build the wheel from what Git would commit, in a copy: nothing that lies around here can get into it."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    for name in filter(None, listed.stdout.split("\0")):
        source, target = ROOT / name, folder / "source" / name
        if source.is_file():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, target)
    run(sys.executable, "-m", "pip", "wheel", "--no-deps", "--wheel-dir", folder, folder / "source", cwd=folder)
    return next(folder.glob("*.whl"))


def make_environment(folder: Path, wheel: Path) -> Path:
    """Return the Python of a virtual environment that has the wheel, and our own environment's packages for the rest."""
    run(sys.executable, "-m", "venv", "--without-pip", folder, cwd=folder.parent)
    python = folder / "bin" / "python"
    packages = Path(run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=folder).strip())
    (packages / "development.pth").write_text(sysconfig.get_path("purelib") + "\n")
    run(sys.executable, "-m", "pip", "--python", python, "install", "--no-deps", "--quiet", wheel, cwd=folder)
    return python


@dataclass(frozen=True)
class Project:
    """A project named ``mysite``."""

    folder: Path
    python: Path

    def manage(self, *arguments: str) -> str:
        return run(self.python, "manage.py", *arguments, cwd=self.folder)

    def sh(self, command: str) -> str:
        """Run a line of a terminal in the folder, where the project's Python comes first."""
        return run("/bin/sh", "-c", f'PATH="{self.python.parent}:$PATH"; {command}', cwd=self.folder)

    def shell(self, code: str) -> str:
        """Run code in the project and return what it printed last."""
        return self.manage("shell", "--no-imports", "-c", code).strip().rpartition("\n")[2]

    def copy(self, folder: Path) -> "Project":
        """Return a copy of the project with its database, in another folder."""
        return Project(Path(shutil.copytree(self.folder, folder)), self.python)

    def append(self, name: str, text: str) -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text((path.read_text() if path.exists() else "") + "\n" + text)

    @contextmanager
    def served(self) -> Iterator[str]:
        """Yield the address at which the project answers."""
        with closing(socket.socket()) as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        log = (self.folder / "server.log").open("w")
        command = [str(self.python), "manage.py", "runserver", "--noreload", f"127.0.0.1:{port}"]
        environment = {key: value for key, value in os.environ.items() if not key.startswith(("DJANGO_", "PYTHON"))}
        with log, subprocess.Popen(command, cwd=self.folder, env=environment, stdout=log, stderr=log) as server:
            try:
                url = f"http://127.0.0.1:{port}"
                wait_for(f"{url}/admin/login/")
                yield url
            finally:
                server.terminate()
                server.wait(10)


def wait_for(url: str) -> None:
    until = time.monotonic() + STARTING
    while True:
        try:
            with urllib.request.urlopen(url, timeout=10):
                return
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.2)


def start_project(folder: Path, python: Path) -> Project:
    """Make a project as Wagtail makes it, without Verkosto."""
    folder.mkdir()
    run(sys.executable, "-m", "wagtail.bin.wagtail", "start", "mysite", folder, cwd=folder)
    return Project(folder, python)


def install(project: Project, *, without: tuple[str, ...] = ()) -> None:
    """Follow the guide; lines of its blocks that contain one of ``without`` are left out."""
    settings, include, *_ = blocks("python")
    lines = [line for line in settings.split("\n") if not any(name in line for name in without)]
    project.append("mysite/settings/base.py", "\n".join(lines))
    project.append("mysite/urls.py", include)
