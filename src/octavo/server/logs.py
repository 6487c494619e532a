"""One log for all our processes, on standard error: a line of text or of JSON each."""

import json
import logging
import sys
from datetime import UTC, datetime

from octavo.settings import LogFormat, Settings

_TEXT = "%(asctime)s %(levelname)-7s %(process)d %(name)s: %(message)s"
_QUIET = ("procrastinate", "alembic", "uvicorn", "httpx", "asyncio")
"""Libraries whose everyday messages tell an operator nothing."""


class JsonLines(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "process": record.process,
            "message": record.getMessage(),
        }
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)


def configure_logging(settings: Settings) -> None:
    """For a whole process; call once."""
    handler = logging.StreamHandler(sys.stderr)
    as_json = settings.log_format is LogFormat.JSON
    handler.setFormatter(JsonLines() if as_json else logging.Formatter(_TEXT))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    level = logging.getLevelNamesMapping()[settings.log_level.value.upper()]
    root.setLevel(level)
    for name in _QUIET:
        logging.getLogger(name).setLevel(max(level, logging.WARNING))
