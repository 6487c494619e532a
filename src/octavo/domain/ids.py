"""One internal id for everything: 96 bits, time-ordered, 24 lower-case hex digits.

The first 48 bits are milliseconds since 1970, the rest is random, so that ids
sort by creation and the newest page of a list is an index range. Edges add
their own prefix and strip it again.
"""

import re
import secrets
from datetime import UTC, datetime
from typing import NewType

OrganizationId = NewType("OrganizationId", str)
ProjectId = NewType("ProjectId", str)
KeyId = NewType("KeyId", str)
FileId = NewType("FileId", str)
JobId = NewType("JobId", str)
TemplateId = NewType("TemplateId", str)
WebhookId = NewType("WebhookId", str)
BatchId = NewType("BatchId", str)
UploadId = NewType("UploadId", str)

ID_PATTERN = re.compile(r"[0-9a-f]{24}")


def new_id(now: datetime) -> str:
    """A fresh id for something made at `now` (aware UTC)."""
    milliseconds = int(now.timestamp() * 1000)
    return f"{milliseconds:012x}{secrets.token_hex(6)}"


def first_id_at(moment: datetime) -> str:
    """The smallest id anything made at `moment` can have: turns a date filter into an id range."""
    return f"{int(moment.timestamp() * 1000):012x}{'0' * 12}"


def made_at(id_: str) -> datetime:
    """When the thing with this id was made, to the millisecond."""
    return datetime.fromtimestamp(int(id_[:12], 16) / 1000, UTC)


def is_id(text: str) -> bool:
    return ID_PATTERN.fullmatch(text) is not None
