"""`python -m senreg`: the same as the `senreg` command."""

import sys

from senreg.cli.__main__ import run

if __name__ == "__main__":
    sys.exit(run())
