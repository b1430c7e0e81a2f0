"""The entry of `htx`, and of `python -m htx_cli`: whoever interrupts it sees no traceback."""

import sys

INTERRUPTED = 130


def main() -> None:
    """Load the commands and run; even while they are being loaded Ctrl-C is no mistake."""
    try:
        from htx_cli.cli import app

        app()
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)


if __name__ == "__main__":
    main()
