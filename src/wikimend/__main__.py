"""The command `wikimend`, also as `python -m wikimend`."""

from __future__ import annotations

import sys
from typing import NoReturn


def main() -> NoReturn:
    """Run the command line and leave with its exit code."""
    try:
        from wikimend.cli.main import wikimend

        wikimend(prog_name="wikimend")
    except KeyboardInterrupt:
        sys.exit(130)
    sys.exit(0)


if __name__ == "__main__":
    main()
