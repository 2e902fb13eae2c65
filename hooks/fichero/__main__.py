"""`python -m fichero` is the command `fichero`."""

import sys

from fichero.cli import main

sys.exit(main())
