"""`python -m quotecli`: the same as the command `quotecli`."""

from __future__ import annotations

import sys

from quotecli.cli import main

sys.exit(main())
