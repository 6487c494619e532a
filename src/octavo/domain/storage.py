"""Where a job's and a file's bytes live in the blob store.

Keys carry the hour in which the thing was made, so that looking for orphans
(bytes whose row was never committed) lists one hour, not all of history.
"""

from collections.abc import Mapping

from octavo.domain.ids import FileId, JobId, UploadId, made_at


def job_prefix(job_id: JobId) -> str:
    """Everything of one job: `jobs/2026112204/<id>/`."""
    return f"jobs/{_hour(job_id)}/{job_id}/"


def source_prefix(job_id: JobId) -> str:
    return job_prefix(job_id) + "source/"


def source_key(job_id: JobId) -> str:
    return job_prefix(job_id) + "source/content"


def slice_key(job_id: JobId, attempt: int, start: int, reading: str) -> str:
    """The pages of one finished slice, as frames one after another.

    `reading` differs each time a slice is read: a worker that was taken for dead may store its
    pages after another's were kept, and must not put them in the place of those.
    """
    return f"{job_prefix(job_id)}pages/{attempt}-{start:06d}-{reading}"


def document_key(job_id: JobId) -> str:
    return job_prefix(job_id) + "document"


def fields_key(job_id: JobId, version: int, token: str = "") -> str:
    """One version of a job's fields.

    `token` differs for each correction: of two that come at once one is refused, and must not have put
    its fields in the place of the other's.
    """
    return f"{job_prefix(job_id)}fields/{version}{f'-{token}' if token else ''}"


def export_key(job_id: JobId, format_: str, options: Mapping[str, str], fields_version: int = 0) -> str:
    """`options` with the values that were chosen, in any order; another one for each version of the fields."""
    chosen = "".join(f".{name}-{value}" for name, value in sorted(options.items()))
    version = f".version-{fields_version}" if fields_version else ""
    return f"{job_prefix(job_id)}exports/{format_}{chosen}{version}"


def page_picture_key(job_id: JobId, attempt: int, number: int, dpi: int, suffix: str) -> str:
    """Below the source: it shows what the source shows, and goes when the source goes."""
    return f"{source_prefix(job_id)}pictures/{attempt}-{number}-{dpi}{suffix}"


def upload_prefix(upload_id: UploadId) -> str:
    return f"uploads/{_hour(upload_id)}/{upload_id}/"


def upload_part_key(upload_id: UploadId, position: int, writing: str) -> str:
    """`writing` differs each time a part is sent: the row names the one that counts."""
    return f"{upload_prefix(upload_id)}parts/{position}-{writing}"


def file_prefix(file_id: FileId) -> str:
    return f"files/{_hour(file_id)}/{file_id}/"


def file_key(file_id: FileId) -> str:
    return file_prefix(file_id) + "content"


def hour_prefixes(hour: str) -> tuple[str, ...]:
    """The prefixes that hold all bytes received in the hour `YYYYMMDDHH`."""
    return f"jobs/{hour}/", f"files/{hour}/", f"uploads/{hour}/"


def _hour(id_: str) -> str:
    return made_at(id_).strftime("%Y%m%d%H")
