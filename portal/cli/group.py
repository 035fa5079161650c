"""cli: finds the command of a word, imports its module only then, and answers a wrong word."""

import difflib
import importlib

import click

from portal.cli import COMMANDS, entries, page


class Words(click.Group):
    """A click group over the plain list in `portal.cli`: no module is imported before its word is typed."""

    def list_commands(self, ctx):
        """All words, in the order of the help page."""
        return list(COMMANDS)

    def get_command(self, ctx, word):
        """The click command of a word, or `None`."""
        if word not in COMMANDS:
            return None
        module, _, name = COMMANDS[word][1].partition(":")
        return getattr(importlib.import_module(module), name)

    def resolve_command(self, ctx, args):
        """As click does, with an answer in both languages to a word that is not there."""
        if args[0] not in COMMANDS:
            words = [word for rows in entries().values() for word, *_ in rows]
            near = difflib.get_close_matches(args[0], words, n=3)
            hint = f" 是不是 Did you mean: {'、'.join(near)}?" if near else ""
            said = f"没有“{args[0]}”这个命令。 There is no command “{args[0]}”.{hint} ./banshi --help"
            raise click.UsageError(said, ctx)
        return super().resolve_command(ctx, args)

    def format_help(self, ctx, formatter):
        """The same page as the script prints before anything is installed."""
        formatter.write(page())


@click.group(cls=Words, context_settings={"help_option_names": ["-h", "--help"]})
def main():
    """The whole command line."""
