"""``python -m tests.upgrades 0.1.0`` records the migrations and the databases of a release, in the commit that is tagged.

Takes three minutes, and needs PostgreSQL. With a folder after the version it only writes the databases, there.
"""

import os
import sys
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.test")

from tests.upgrades import dumps, migrations

version, *folders = sys.argv[1:]
if folders:
    dumps.record(version, Path(folders[0]))
else:
    dumps.record(version)
    migrations.record(version)
