"""The files in deploy/: each passes the linter of its kind, and they agree with each other and with the guide."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from django.conf import settings

from tests import services
from tests.proxy import configure

DEPLOY = settings.BASE_DIR / "deploy"
GUIDE = settings.BASE_DIR / "docs/operators.md"
PROCESSES = {"web", "worker", "timer"}
UNITS = sorted((DEPLOY / "systemd").glob("*.service"))
OF_OTHERS = re.compile(r"POSTGRES_\w+|VERKOSTO_(HOST|UPSTREAM|TLS|LOG)|NGINX_\w+")  # what other images and nginx read


def lint(program: str, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run a linter that pip has installed beside Python."""
    path = Path(sys.executable).with_name(program)
    return subprocess.run([path, *arguments], capture_output=True, text=True, check=False)


def documented_settings() -> set[str]:
    """The names in the guide's tables of settings."""
    first_cells = re.findall(r"^\|([^|]+)\|", GUIDE.read_text(), re.MULTILINE)
    return {name for cell in first_cells for name in re.findall(r"`([A-Z][A-Z_]+)`", cell)}


def settings_file() -> dict[str, str]:
    lines = (DEPLOY / "verkosto.env").read_text().splitlines()
    return dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))


def compose() -> dict:
    return yaml.safe_load((DEPLOY / "compose.yaml").read_text())


def commands_of_script() -> set[str]:
    return set(re.findall(r"^([a-z-]+)\) ?", (DEPLOY / "run").read_text().rpartition("case $command in")[2], re.M))


def test_linters_find_nothing() -> None:
    linted = [lint("shellcheck", DEPLOY / "run"), lint("hadolint", DEPLOY / "Containerfile")]
    assert [(found.returncode, found.stdout) for found in linted] == [(0, ""), (0, "")]


@pytest.mark.parametrize(
    ("schema", "pattern"),
    [
        ("compose-spec", "deploy/compose.yaml"),
        ("github-workflows", ".github/workflows/*.yml"),
        ("github-issue-forms", ".github/ISSUE_TEMPLATE/[!c]*.yml"),
        ("github-issue-config", ".github/ISSUE_TEMPLATE/config.yml"),
        ("dependabot", ".github/dependabot.yml"),
    ],
)
def test_files_of_other_programs_follow_their_schemas(schema: str, pattern: str, tmp_path: Path) -> None:
    """The schemas come with the linter: no network is needed. A key that the program does not know is found."""
    files = sorted(settings.BASE_DIR.glob(pattern))
    judged = lint("check-jsonschema", "--builtin-schema", f"vendor.{schema}", *files)
    assert (judged.returncode, judged.stderr) == (0, ""), judged.stdout
    planted = tmp_path / "planted.yml"
    planted.write_text(files[0].read_text() + "\nunknown_key: 1\n")
    judged = lint("check-jsonschema", "--builtin-schema", f"vendor.{schema}", planted)
    assert (judged.returncode, "unknown_key" in judged.stdout) == (1, True), judged.stdout


def test_script_lists_each_of_its_commands() -> None:
    usage = subprocess.run([DEPLOY / "run", "help"], capture_output=True, text=True, check=True).stdout
    assert set(re.findall(r"^  ([a-z-]+)  ", usage, re.M)) == commands_of_script()
    assert commands_of_script() > PROCESSES


def test_each_process_runs_under_systemd_and_in_containers() -> None:
    units = {path.stem.removeprefix("verkosto-"): path.read_text() for path in UNITS}
    started = {name: re.findall(r"^ExecStart=(.+)$", text, re.M) for name, text in units.items()}
    assert started == {name: [f"/srv/verkosto/deploy/run {name}"] for name in PROCESSES}
    ours = {name: it for name, it in compose()["services"].items() if it["image"] == "verkosto:latest"}
    assert {name: it["command"] for name, it in ours.items()} == {name: [name] for name in PROCESSES | {"migrate"}}
    assert set(compose()["services"]) - set(ours) == {"postgresql", "redis", "nginx"}


def test_containers_of_the_site_can_write_to_their_volume_alone() -> None:
    for name, service in compose()["services"].items():
        if service["image"] == "verkosto:latest":
            found = {key: service[key] for key in ("read_only", "cap_drop", "security_opt", "volumes", "tmpfs")}
            assert found == {
                "read_only": True,
                "cap_drop": ["ALL"],
                "security_opt": ["no-new-privileges:true"],
                "volumes": ["var:/var/lib/verkosto"],
                "tmpfs": ["/tmp"],  # noqa: S108 - of the container
            }, name
    containerfile = (DEPLOY / "Containerfile").read_text()
    assert re.findall(r"^(?:USER|VOLUME|CMD|ENTRYPOINT) .*$", containerfile, re.M) == [
        "USER 10001:10001",
        "VOLUME /var/lib/verkosto",
        'ENTRYPOINT ["deploy/run"]',
        'CMD ["web"]',
    ]
    assert 'CMD ["deploy/run", "ready"]' in containerfile


def test_whoever_stops_a_process_waits_longer_than_it_takes() -> None:
    graceful = int(
        re.findall(r"^graceful_timeout = (\d+)$", (settings.BASE_DIR / "gunicorn.conf.py").read_text(), re.M)[0]
    )
    waits = [int(re.findall(r"^TimeoutStopSec=(\d+)$", path.read_text(), re.M)[0]) for path in UNITS]
    periods = [it["stop_grace_period"] for it in compose()["services"].values() if "stop_grace_period" in it]
    waits += [int(period.removesuffix("s")) for period in periods]
    assert len(waits) == 7
    assert min(waits) > graceful


def test_every_setting_is_in_the_guide() -> None:
    in_compose = {name for it in compose()["services"].values() for name in it.get("environment", {})}
    in_containerfile = set(re.findall(r"\b([A-Z][A-Z_]+)=", (DEPLOY / "Containerfile").read_text()))
    named = {name for name in in_compose | in_containerfile | set(settings_file()) if not OF_OTHERS.fullmatch(name)}
    assert named - documented_settings() == set()
    read_by_settings = set(re.findall(r"env\.\w+\(\s*\"([A-Z_]+)\"", read_settings_modules()))
    assert read_by_settings - documented_settings() == set()


def read_settings_modules() -> str:
    return "".join((settings.BASE_DIR / "cms/settings" / name).read_text() for name in ("base.py", "production.py"))


def test_settings_file_is_the_same_for_systemd_containers_and_the_script() -> None:
    """Each of them has other rules for quotation marks, backslashes and what is to be expanded."""
    assert {name: value for name, value in settings_file().items() if re.search(r"[\"'\\$`#]", value)} == {}
    assert {name: value for name, value in settings_file().items() if value != value.strip()} == {}


@pytest.mark.nginx
def test_nginx_accepts_its_configuration(tmp_path: Path) -> None:
    path = configure(
        tmp_path,
        host="verkosto.example.fi",
        upstream="127.0.0.1:8000",
        log=tmp_path / "log",
        ports={443: 8443, 80: 8080},
    )
    command = [str(services.nginx()), "-t", "-q", "-p", str(tmp_path), "-c", str(path)]
    tested = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (tested.returncode, tested.stdout) == (0, ""), tested.stderr


@pytest.mark.systemd
def test_systemd_accepts_the_units(tmp_path: Path) -> None:
    """The program that they start is where the repository is, not where the guide installs it."""
    for path in [*UNITS, DEPLOY / "systemd/verkosto.target"]:
        (tmp_path / path.name).write_text(path.read_text().replace("/srv/verkosto", str(settings.BASE_DIR)))
    verify = ["systemd-analyze", "verify", "--man=no", *map(str, sorted(tmp_path.iterdir()))]
    verified = subprocess.run(verify, capture_output=True, text=True, check=False)
    assert (verified.returncode, verified.stdout, verified.stderr) == (0, "", "")


@pytest.mark.systemd
def test_units_are_confined(tmp_path: Path) -> None:
    """systemd's own judgement: 0 is fully confined, 10 not at all."""
    judge = ["systemd-analyze", "security", "--offline=true", "--no-pager", "--threshold=20", *map(str, UNITS)]
    judged = subprocess.run(judge, capture_output=True, text=True, check=False)
    assert judged.returncode == 0, judged.stdout
