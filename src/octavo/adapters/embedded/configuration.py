"""What the server is told: settings, who may connect, and under which name."""

from collections.abc import Iterable
from pathlib import Path

from octavo.adapters.embedded.account import Account

SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "200",
    "shared_buffers": "128MB",
    "fsync": "on",
    "full_page_writes": "on",
    "synchronous_commit": "on",
    # A shared memory segment of a parallel query may not fit a container's 64 MB /dev/shm,
    # and the processors are there for reading pages.
    "max_parallel_workers_per_gather": "0",
    "jit": "off",
    "random_page_cost": "1.1",
    "timezone": "UTC",
    "log_timezone": "UTC",
    # One log file for each weekday, written anew every week: bounded without a rotation tool.
    "logging_collector": "on",
    "log_directory": "log",
    "log_filename": "postgresql-%a.log",
    "log_rotation_age": "1d",
    "log_rotation_size": "0",
    "log_truncate_on_rotation": "on",
    # Statements and row values carry what is in documents; neither belongs in a log.
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_parameter_max_length_on_error": "0",
}
_OURS = "octavo.conf"

# The kernel says who is at the other end of the socket, so that there is no password to keep. Any
# other account on the machine is refused even where it could reach the socket.
_HBA = "# Written at every start.\nlocal all postgres peer map=octavo\nlocal all octavo peer map=octavo\n"


def configure(cluster: Path, *, socket_dir: Path, account: Account, admitted: Iterable[str]) -> None:
    """Write our part; what an operator adds to `postgresql.conf` below our include line stays.

    `admitted` are the names of the system accounts that may connect, as either role.
    """
    settings = SETTINGS | {"unix_socket_directories": f'"{socket_dir}"'}
    lines = ["# Written at every start. Put your own settings at the end of postgresql.conf."]
    lines += [f"{name} = '{_quoted(value)}'" for name, value in settings.items()]
    _replace(cluster / _OURS, "\n".join(lines) + "\n", account)
    _replace(cluster / "pg_hba.conf", _HBA, account)
    names = sorted(set(admitted))
    mapped = [f'octavo "{name}" {role}' for name in names for role in ("postgres", "octavo")]
    _replace(cluster / "pg_ident.conf", "# Written at every start.\n" + "\n".join(mapped) + "\n", account)
    main = cluster / "postgresql.conf"
    include = f"include = '{_OURS}'\n"
    text = main.read_text(encoding="utf-8")
    if include not in text:
        _replace(main, text + include, account)


def _quoted(value: str) -> str:
    return value.replace("'", "''")


def _replace(path: Path, text: str, account: Account) -> None:
    beside = path.with_name(path.name + ".new")
    beside.write_text(text, encoding="utf-8")
    beside.chmod(0o600)
    account.own(beside)
    beside.replace(path)
