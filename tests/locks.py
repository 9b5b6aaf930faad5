"""Check whether the lock files are up to date; with ``--write`` update them."""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
COMPILE = ["uv", "pip", "compile", "--quiet", "--universal", "--generate-hashes", "--python-version", "3.11"]
PLAIN = ["--no-emit-index-url", "--no-emit-find-links", "--no-header", "--no-config"]


def compile_lock(name: str, target: Path) -> None:
    """Write the lock of ``name.in`` to ``target``, keeping the versions that it contains."""
    uv = str(Path(sys.executable).parent / "uv")
    command = [uv, *COMPILE[1:], *PLAIN, f"{name}.in", "--output-file", str(target)]
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)


def stale_locks() -> list[str]:
    """Return the names of the lock files that are out of date."""
    stale = []
    for name in ("requirements", "requirements-dev"):
        stored = ROOT / f"{name}.txt"
        with tempfile.TemporaryDirectory() as folder:
            fresh = Path(folder, stored.name)
            fresh.write_bytes(stored.read_bytes())
            compile_lock(name, fresh)
            if fresh.read_text() != stored.read_text():
                stale.append(stored.name)
    wanted: dict[str, object] = json.loads((ROOT / "package.json").read_text())
    locked: dict[str, object] = json.loads((ROOT / "package-lock.json").read_text())["packages"][""]
    if any(wanted.get(kind) != locked.get(kind) for kind in ("dependencies", "devDependencies")):
        stale.append("package-lock.json")
    return stale


if __name__ == "__main__":
    if "--write" in sys.argv:
        for lock in ("requirements", "requirements-dev"):
            compile_lock(lock, ROOT / f"{lock}.txt")
    elif stale := stale_locks():
        sys.exit(f"Stale: {', '.join(stale)}. Run make lock.")
    else:
        print("The locks are fresh.")
