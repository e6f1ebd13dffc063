"""``python -m followup``."""

import sys

if not sys.flags.safe_path:
    # Python looks into the current directory first; nothing is loaded from there (section 10).
    del sys.path[0]

from followup.cli.main import main

main()
