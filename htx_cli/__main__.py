"""The entry of `htx`, and of `python -m htx_cli`: whoever interrupts it sees no traceback."""

import os
import signal
import sys

INTERRUPTED = 130


def main() -> None:
    """Load the commands and run; even while they are being loaded Ctrl-C is no mistake."""
    heard = signal.getsignal(signal.SIGINT) is signal.default_int_handler  # not so under nohup
    if heard:  # nothing has been begun that could be left half done
        signal.signal(signal.SIGINT, lambda *_: os._exit(INTERRUPTED))
    from htx_cli.cli import app

    if heard:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        app()
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)


if __name__ == "__main__":
    main()
