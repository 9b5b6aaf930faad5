"""``python -m tests.deploy.bare_machine``: the installation in docs/operators.md on a bare Debian, with its real packages.

Needs root, debootstrap and a network, and takes ten minutes or more, so that it is no part of `make test`. The machine is
a folder with Debian's base system, entered with chroot and processes of its own. What stands for the rest of it:

- ``bare/systemctl`` starts the units, because systemd does not run in a folder; their confinement is not tried here.
- ``service`` starts PostgreSQL and Redis, which systemd starts when Debian installs them.
- A mail server of the tests listens on port 25.
- The release is this checkout's last commit, cloned from a folder, with a tag of its own if it has none.
- The administrator's password comes from the environment.

The ports 25, 80, 443, 5432, 6379 and 8000 must be free. ``EXTRA_CA`` names a folder with certificates of a proxy that a
network may have in the way. An argument names a folder for the base system, which is kept; without one it is removed.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.mailserver import mail_server

ROOT = Path(__file__).parents[2]
HOST = "verkosto.example.fi"
SUITE, MIRROR = "trixie", "http://deb.debian.org/debian"
SUBSTITUTIONS = {
    "REPOSITORY": "file:///srv/repository.git",
    "--email admin@example.fi\n": "--email admin@example.fi --noinput\n",
    # What Debian's packages have systemd do.
    "postgresql python3 python3-venv redis-server libvoikko1 voikko-fi\n": (
        "postgresql python3 python3-venv redis-server libvoikko1 voikko-fi\n"
        "cp /stand_ins/systemctl /usr/local/bin/systemctl\n"
        "for each in postgresql redis-server; do service $each status >/dev/null || service $each start; done\n"
    ),
}
BEFORE = "set -eux\nmount -t tmpfs tmpfs /dev/shm\nexec </dev/null\n"
DONE = "The guide is done."


def installation() -> str:
    """Return the shell lines of the guide's installation, with what stands for the rest of a machine."""
    guide = (ROOT / "docs/operators.md").read_text()
    section = guide.partition("\n## Install on Debian\n")[2].partition("\n## ")[0]
    lines = "".join(re.findall(r"```sh\n(.*?)```", section, re.DOTALL))
    for documented, ours in SUBSTITUTIONS.items():
        assert lines.count(documented) == 1, f"{documented!r} is {lines.count(documented)} times in the guide"
        lines = lines.replace(documented, ours)
    return lines


def prepare(machine: Path) -> None:
    """Make the base system, unless it is there, and put into it what the guide finds on a machine."""
    if not (machine / "etc/debian_version").exists():
        subprocess.run(["debootstrap", SUITE, str(machine), MIRROR], check=True, stdout=subprocess.DEVNULL)
    shutil.copy("/etc/resolv.conf", machine / "etc/resolv.conf")
    (machine / "stand_ins").mkdir(exist_ok=True)
    shutil.copy(ROOT / "tests/deploy/bare/systemctl", machine / "stand_ins/systemctl")
    if authorities := os.environ.get("EXTRA_CA"):
        target = machine / "usr/local/share/ca-certificates"
        target.mkdir(parents=True, exist_ok=True)
        for path in Path(authorities).glob("*.crt"):
            shutil.copy(path, target)
    repository = machine / "srv/repository.git"
    subprocess.run(["git", "clone", "--quiet", "--bare", str(ROOT), str(repository)], check=True)
    (tag,) = re.findall(r"--branch (\S+)", installation())
    subprocess.run(["git", "-C", str(repository), "tag", "--force", tag], check=True, stdout=subprocess.DEVNULL)
    subprocess.run(["chown", "--recursive", "0:0", str(repository)], check=True)
    (machine / "root/guide.sh").write_text(f"{BEFORE}{installation()}echo '{DONE}'\nsleep infinity\n")


@contextmanager
def running(machine: Path, log: Path) -> Iterator[None]:
    """Follow the guide in the folder, and leave all that it starts running; end it afterwards."""
    apart = ["unshare", "--mount", "--pid", "--fork", "--kill-child", f"--mount-proc={machine}/proc"]
    clean = ["env", "-i", "HOME=/root", "LANG=C.UTF-8", "DEBIAN_FRONTEND=noninteractive"]
    given = [
        "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
        "DJANGO_SUPERUSER_PASSWORD=a-long-password-of-the-tests",
    ]
    with log.open("wb") as out:
        command = [*apart, "chroot", str(machine), *clean, *given, "/bin/sh", "/root/guide.sh"]
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=out, stderr=out)
    try:
        while DONE not in log.read_text(errors="replace").splitlines():
            if process.poll() is not None:
                raise SystemExit(f"The guide failed:\n{log.read_text(errors='replace')[-6000:]}")
            time.sleep(1)
        yield
    finally:
        process.terminate()
        process.wait(60)


def page(path: str, machine: Path) -> str:
    """Return a page of the site over TLS, as a visitor gets it who trusts its certificate. Raises if it is no 2xx."""
    trusting = ["--resolve", f"{HOST}:443:127.0.0.1", "--cacert", str(machine / "etc/verkosto-tls/fullchain.pem")]
    command = ["curl", "--fail", "--silent", "--show-error", *trusting, f"https://{HOST}{path}"]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def look(machine: Path, log: Path) -> None:
    """Raise if the site is not what the guide promises."""
    for language, summary in (("fi", "Verkostot, tapahtumat ja uutiset."), ("sv", "Nätverk, evenemang och nyheter.")):
        home = page(f"/{language}/", machine)
        assert summary in home
        sheets = re.findall(r'<link[^>]* href="(/static/[^"]+\.css)"', home)
        assert sheets
        assert all(page(sheet, machine) for sheet in sheets)
    assert "<form" in page("/admin/login/", machine)
    assert "All is well." in log.read_text(errors="replace")
    errors = [path for path in (machine / "var/log").glob("verkosto-*.log") if "Traceback" in path.read_text()]
    assert errors == []


def main(arguments: list[str]) -> None:
    """Follow the guide, look at the site, and print how long it took."""
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="verkosto-bare-") as temporary:
        machine = Path(arguments[0]) if arguments else Path(temporary, "machine")
        log = Path(temporary, "guide.log")
        prepare(machine)
        with mail_server(25), running(machine, log):
            look(machine, log)
        print(log.read_text(errors="replace")[-4000:])
    print(
        f"The guide gives a site over TLS on a bare Debian {SUITE}, and doctor is content: {time.monotonic() - began:.0f} s."
    )


if __name__ == "__main__":
    main(sys.argv[1:])
