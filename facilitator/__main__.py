"""`python -m facilitator` is the `facilitator` command."""

import sys

from facilitator.command import main

sys.exit(main())
