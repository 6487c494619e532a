"""`octavo migrate`."""

from octavo.bootstrap import prepare_database
from octavo.cli.database import reachable_database
from octavo.cli.options import DataDir
from octavo.cli.terminal import output
from octavo.settings import load_settings


def migrate_command(data_dir: DataDir = None) -> None:
    """Bring the database to this version's tables. `octavo serve` does it by itself."""
    with reachable_database(load_settings(data_dir=data_dir)) as settings:
        prepare_database(settings)
    output().print("The database is up to date.")
