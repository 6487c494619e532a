"""Uploads in parts, as they are remembered."""

from typing import Protocol

from octavo.domain.file import StoredFile
from octavo.domain.ids import UploadId
from octavo.domain.upload import Upload, UploadPart


class Uploads(Protocol):
    """One tenant's; what is another's is `NotFound`."""

    async def add(self, upload: Upload) -> Upload: ...

    async def upload(self, upload_id: UploadId) -> Upload:
        """With its parts; also one that is completed or aborted, until it expires."""
        ...

    async def uploads(self, *, before: UploadId | None, limit: int) -> list[Upload]:
        """Newest first, without their parts."""
        ...

    async def keep_part(self, upload_id: UploadId, part: UploadPart, *, by_offset: bool) -> Upload:
        """The part in place of an earlier one at its position.

        Raises:
            Conflict: the upload is no longer open, or its parts have come the other way so far.
        """
        ...

    async def complete(self, upload_id: UploadId, file: StoredFile) -> Upload:
        """The parts have become `file`, whose bytes are durable; theirs are owed to the sweeper.

        Completed already by somebody else: nothing changes. Raises `Conflict` when it was aborted.
        """
        ...

    async def abort(self, upload_id: UploadId) -> Upload:
        """Its parts go. Repeating it changes nothing. Raises `Conflict` when it was completed."""
        ...
