from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from cms.processes import port_is_free, run_until_first_exit

ACCOUNTS = {
    "admin": "everything",
    "editor": "pages, events and networks",
    "translator-sv": "the Swedish translation",
    "translator-en": "the English translation",
    "registrar": "registrations",
}


class Command(BaseCommand):
    help = "Serve the demo: the web server, the worker and the timer together, until Ctrl-C."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=8000, help="the port of the web server")
        parser.add_argument("--host", default="127.0.0.1", help="the address at which it listens")

    def handle(self, *args: Any, port: int, host: str, **options: Any) -> None:
        if not port_is_free(host, port):
            raise CommandError(f"Port {port} is taken. Choose another: make demo PORT={port + 1}")
        self.stdout.write(f"\nThe site:   {settings.SITE_URL}/\nThe admin:  {settings.SITE_URL}/admin/\n")
        for name, role in ACCOUNTS.items():
            self.stdout.write(f"  {name:<14} {role}")
        self.stdout.write(
            f"  password:      {settings.DEMO_PASSWORD}\n\nCtrl-C stops the web server, the worker and the timer.\n"
        )
        self.stdout.flush()
        # One process with threads, because the default cache is in the memory of the process.
        web = ["-m", "gunicorn", "cms.wsgi", f"--bind={host}:{port}", "--threads=4", "--log-level=warning"]
        worker = ["manage.py", "db_worker", "--queue-name=*", "--verbosity=0"]
        timer = ["manage.py", "run_scheduled_work", "--every=30"]
        status = run_until_first_exit([web, worker, timer], folder=settings.BASE_DIR)
        if status:
            raise CommandError("The web server, the worker or the timer stopped by itself.", returncode=status)
