"""The Nu HTML checker, run once for many pages."""

import json
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

from tests import services

VNU = Path(__file__).resolve().parents[1] / "node_modules/vnu-jar/build/dist/vnu.jar"


def html_errors(pages: Mapping[str, str]) -> list[str]:
    """Return the checker's errors in documents, one line each: ``html_errors({"home": response.text})``."""
    with tempfile.TemporaryDirectory() as folder:
        names = {}
        for number, (name, html) in enumerate(pages.items()):
            path = Path(folder, f"{number}.html")
            path.write_text(html, encoding="utf-8")
            names[path.as_uri()] = name
        command = [str(services.java()), "-jar", str(VNU), "--format", "json", "--exit-zero-always", "--errors-only"]
        result = subprocess.run(
            [*command, *(f"{folder}/{number}.html" for number in range(len(pages)))],
            capture_output=True,
            text=True,
            check=True,
        )
    messages = json.loads(result.stderr)["messages"]
    return [
        f"{names.get(m['url'].replace('file:/', 'file:///', 1) if 'file:///' not in m['url'] else m['url'], '')}: "
        f"{m['message']} … {m.get('extract', '')!r}"
        for m in messages
    ]
