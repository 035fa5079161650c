"""`./banshi doctor`."""
import click
@click.command()
def doctor():
    """检查本机。 Check this machine."""
    click.echo("ok")
