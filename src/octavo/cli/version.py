"""`octavo version`."""

import platform

from octavo import __version__
from octavo.cli.terminal import output


def version_command() -> None:
    """Print the versions of Octavo and Python."""
    output().print(f"octavo {__version__} (Python {platform.python_version()})", markup=False)
