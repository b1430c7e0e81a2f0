"""`python -m htx_cli` is `htx`."""

from htx_cli.cli import main

main()
