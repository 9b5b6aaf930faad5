"""nginx as ``deploy/nginx.conf.template`` configures it, in a folder and on ports of a test."""

import subprocess
from pathlib import Path

from django.conf import settings

TEMPLATE = settings.BASE_DIR / "deploy/nginx.conf.template"
#: What a distribution writes around the file, in one process of the account that runs the tests.
AROUND = """
daemon off;
master_process off;
pid {folder}/nginx.pid;
error_log {folder}/nginx.log;
events {{}}
http {{
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/conf.d/*.conf;
}}
"""


def write_certificate(host: str, folder: Path) -> None:
    """Write a self-signed certificate for a host name and its key, named as certbot names them."""
    names = ["-subj", f"/CN={host}", "-addext", f"subjectAltName=DNS:{host}"]
    key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-keyout", "privkey.pem"]
    command = ["openssl", "req", "-x509", *key, "-days", "2", *names, "-out", "fullchain.pem"]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)


def write_around(folder: Path) -> Path:
    """Write and return a configuration that includes what is in ``conf.d`` of the folder."""
    (folder / "conf.d").mkdir(exist_ok=True)
    (folder / "nginx.conf").write_text(AROUND.format(folder=folder))
    return folder / "nginx.conf"


def moved(configuration: str, folder: Path, ports: dict[int, int]) -> str:
    """Return a filled-in configuration that listens on other ports of this machine, with its cache in a folder."""
    lines = [line for line in configuration.splitlines() if "listen [::]:" not in line]
    text = "\n".join(lines).replace("/var/cache/nginx/verkosto", f"{folder}/cache")
    for documented, ours in ports.items():
        before = text
        text = text.replace(f"listen {documented}", f"listen 127.0.0.1:{ours}")
        assert text != before, f"nothing listens on {documented}"
    return text


def configure(folder: Path, *, host: str, upstream: str, log: Path, ports: dict[int, int]) -> Path:
    """Fill in the template for a site, with a certificate of its own. Return the path of nginx's configuration."""
    write_certificate(host, folder)
    values = {"HOST": host, "UPSTREAM": upstream, "TLS": str(folder), "LOG": str(log)}
    filled = TEMPLATE.read_text()
    for name, value in values.items():
        filled = filled.replace(f"${{VERKOSTO_{name}}}", value)
    assert "${" not in filled
    path = write_around(folder)
    (folder / "conf.d/verkosto.conf").write_text(moved(filled, folder, ports))
    return path
