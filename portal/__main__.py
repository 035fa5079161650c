"""`python -m portal`: the command line."""

from portal.cli.group import main

main(prog_name="./banshi")
