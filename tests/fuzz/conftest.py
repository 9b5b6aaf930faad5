"""The fuzz of every form takes minutes: it is run by hand, with ``FUZZ`` in the environment."""

import os

collect_ignore = [] if "FUZZ" in os.environ else ["test_forms.py"]
