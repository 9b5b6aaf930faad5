"""``python -m tests.upgrades 0.1.0`` records the migrations of a release, in the commit that is tagged."""

import sys

from tests.upgrades import migrations

migrations.record(sys.argv[1])
