"""Every setting, once, with its unit. The only module that reads the environment."""

import os
import sys
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Self
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from pydantic import AliasChoices, Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from octavo.domain.errors import InvalidRequest

if TYPE_CHECKING:
    from octavo.ports.readers import Limits

PREFIX = "OCTAVO_"
MIB = 2**20
DAY_S = 86_400
_SHORTEST_SECRET = 32


class LogFormat(StrEnum):
    TEXT = "text"
    JSON = "json"


class LogLevel(StrEnum):
    DEBUG = "debug"
    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


def default_data_dir(environment: Mapping[str, str] = os.environ, platform: str = sys.platform) -> Path:
    """Where this platform keeps a user's application data."""
    if platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "octavo"
    share = environment.get("XDG_DATA_HOME")
    return (Path(share) if share else Path.home() / ".local" / "share") / "octavo"


def processor_count() -> int:
    """The processors this process may use; a container's or taskset's limit counts."""
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1


def _also(*names: str) -> AliasChoices:
    return AliasChoices(*names)


Seconds = Annotated[float, Field(gt=0)]
WholeSeconds = Annotated[int, Field(gt=0)]
Size = Annotated[int, Field(gt=0)]


class Settings(BaseSettings):
    """Each is read from `OCTAVO_` and its name in capitals; a command's options come before it."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_ignore_empty=True,
        extra="forbid",
        frozen=True,
        populate_by_name=True,
        hide_input_in_errors=True,
    )

    data_dir: Path = Field(
        default_factory=default_data_dir,
        description="Folder for the embedded database, local blobs, the secret key and certificates.",
    )
    database_url: SecretStr | None = Field(
        None,
        description="PostgreSQL 14 or newer, as postgresql://user:password@host/database. "
        "Without it an embedded PostgreSQL is started in the data folder.",
    )
    blob_url: str | None = Field(
        None,
        description="Where documents and results are kept: a folder, or s3://bucket/prefix. "
        "Without it the folder `blobs` in the data folder.",
    )
    models_dir: Path | None = Field(
        None, description="Folder with the prepared model files; without it the one that set-up made."
    )
    scratch_dir: Path | None = Field(
        None,
        description="Folder for files that live as long as one piece of work; without it the system's own.",
    )
    secret_key: SecretStr | None = Field(
        None,
        description="Encrypts document passwords at rest, at least 32 characters. Machines that share a "
        "database must share it. Without it a key file is made in the data folder.",
    )

    vision_url: str | None = Field(
        None,
        description="Base URL of an OpenAI-compatible endpoint, up to and with /v1: the engine `vision` asks "
        "its model to check what was read on scanned pages. Pages are sent there as pictures.",
    )
    vision_model: str | None = Field(None, description="The model's name at that endpoint.")
    vision_api_key: SecretStr | None = Field(
        None, description="The key for that endpoint, where it wants one."
    )
    vision_prompt: str | None = Field(
        None, description="What the model is told to do with a page. Without it, to transcribe it faithfully."
    )
    vision_timeout_s: Seconds = Field(120.0, description="The longest the endpoint may take for one page.")

    host: str = Field("127.0.0.1", description="Address to listen on; 0.0.0.0 for every interface.")
    port: int = Field(8080, ge=0, le=65_535, description="TCP port; 0 picks a free one.")
    ssl_certfile: Path | None = Field(None, description="PEM certificate chain; turns on HTTPS.")
    ssl_keyfile: Path | None = Field(None, description="PEM private key of the certificate.")
    ssl_self_signed: bool = Field(
        False, description="Serve HTTPS with a certificate made in the data folder. For trials."
    )
    ssl_trusted: Path | None = Field(
        None, description="PEM file that clients are told to trust; set by itself for a self-signed one."
    )

    dialect_hosts: str = Field(
        "",
        description="Host names at whose root a vendor's API is spoken, like "
        "ocr.example.com=ocrqueen,ldx.example.com=ldxhub. Each is also below /compat/ at every host.",
    )

    api_processes: int = Field(1, ge=1, le=64, description="Processes that answer HTTP.")
    workers: int = Field(1, ge=0, le=64, description="Worker processes beside the API; 0 for none.")
    slots: int | None = Field(
        None,
        ge=1,
        le=256,
        description="Pages read at the same time by one worker process, each in a child process of its "
        "own. Without it the processors are shared out among the workers.",
    )
    api_pool_size: int = Field(10, ge=1, description="Database connections of one API process.")
    drain_s: Seconds = Field(
        10.0, description="How long requests and slices may take to end at shutdown before they are cut off."
    )
    recovery_poll_s: Seconds = Field(
        0.5, description="How often the supervisor looks whether the embedded database is still there."
    )

    max_bytes: Size = Field(512 * MIB, description="Largest document accepted.")
    max_pages: Size = Field(10_000, description="Most pages of a document.")
    max_pixels: Size = Field(120_000_000, description="Most pixels of one page picture.")
    max_unpacked_bytes: Size = Field(2048 * MIB, description="Most bytes a compressed file may unpack to.")
    max_unpacked_ratio: Size = Field(200, description="Most bytes unpacked from one byte of a container.")

    page_timeout_s: Seconds = Field(120.0, description="A page that takes longer is given up.")
    page_memory_bytes: Size = Field(2048 * MIB, description="Address space of the process that reads a page.")
    slice_budget_s: Seconds = Field(1.5, description="How long one slice reads before its pages are kept.")
    max_slice_pages: int = Field(64, ge=1, description="Most pages of one slice.")
    slices_in_flight: int = Field(
        32, ge=1, description="Slices of one job that wait or run at once, on all workers together."
    )
    max_child_crashes: int = Field(2, ge=1, description="Crashes after which a page is given up.")
    max_worker_deaths: int = Field(5, ge=1, description="Lost workers after which a page is given up.")

    max_wait_s: Seconds = Field(60.0, description="Longest a request may be held by ?wait= or Prefer: wait.")
    source_retention_s: WholeSeconds = Field(
        7 * DAY_S, description="How long a job's source is kept after submission; a new project's default."
    )
    result_retention_s: WholeSeconds = Field(
        30 * DAY_S, description="How long a result is kept after the job ended; a new project's default."
    )
    file_retention_s: WholeSeconds = Field(30 * DAY_S, description="How long an uploaded file is kept.")
    upload_retention_s: WholeSeconds = Field(
        DAY_S, description="How long an upload in parts may take before it is forgotten."
    )
    submits_per_minute: int = Field(
        6000,
        ge=0,
        description="Documents one key may send in a minute, on all API processes together; 0 for no limit. "
        "A project can have its own.",
    )
    reads_per_minute: int = Field(
        60_000,
        ge=0,
        description="Other requests one key may make in a minute, on each API process; 0 for no limit.",
    )

    egress_allow: str | None = Field(
        None,
        description="Networks (10.1.0.0/16), addresses and host names, separated by commas, that sources by URL "
        "and webhooks may reach although they are not public. Without it only public addresses.",
    )
    fetch_timeout_s: Seconds = Field(60.0, description="Longest a document named by its URL may take.")
    webhook_timeout_s: Seconds = Field(15.0, description="Longest a webhook's receiver may take to answer.")

    s3_endpoint_url: str | None = Field(
        None,
        validation_alias=_also("OCTAVO_S3_ENDPOINT_URL", "AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL"),
        description="The S3 service, where it is not Amazon's.",
    )
    s3_region: str | None = Field(
        None,
        validation_alias=_also("OCTAVO_S3_REGION", "AWS_REGION", "AWS_DEFAULT_REGION"),
        description="The bucket's region.",
    )
    s3_access_key_id: SecretStr | None = Field(
        None,
        validation_alias=_also("OCTAVO_S3_ACCESS_KEY_ID", "AWS_ACCESS_KEY_ID"),
        description="Without it the machine's own role is asked for credentials.",
    )
    s3_secret_access_key: SecretStr | None = Field(
        None,
        validation_alias=_also("OCTAVO_S3_SECRET_ACCESS_KEY", "AWS_SECRET_ACCESS_KEY"),
        description="Belongs to the access key id.",
    )
    s3_session_token: SecretStr | None = Field(
        None,
        validation_alias=_also("OCTAVO_S3_SESSION_TOKEN", "AWS_SESSION_TOKEN"),
        description="Of temporary credentials.",
    )
    s3_cache_bytes: Size = Field(
        4096 * MIB, description="Local copies of a bucket's blobs; the oldest go first."
    )

    log_level: LogLevel = Field(LogLevel.INFO, description="debug, info, warning or error.")
    log_format: LogFormat = Field(LogFormat.TEXT, description="text, or json: one object a line.")

    url: str | None = Field(None, description="The server that `octavo process` talks to.")
    api_key: SecretStr | None = Field(None, description="The key that `octavo process` uses there.")

    @field_validator("database_url")
    @classmethod
    def _is_postgresql(cls, value: SecretStr | None) -> SecretStr | None:
        if value is None:
            return None
        scheme, separator, rest = value.get_secret_value().partition("://")
        if not separator or scheme.partition("+")[0] not in {"postgresql", "postgres"}:
            raise ValueError("is no PostgreSQL URL; write postgresql://user:password@host/database")
        return SecretStr(f"postgresql://{rest}")

    @field_validator("blob_url")
    @classmethod
    def _is_folder_or_bucket(cls, value: str | None) -> str | None:
        if value and "://" in value:
            parts = urlsplit(value)
            named = parts.netloc if parts.scheme == "s3" else parts.path
            if parts.scheme not in {"s3", "file"} or not named:
                raise ValueError("is neither a folder nor s3://bucket/prefix")
            return value
        return str(Path(value).expanduser().absolute()) if value else None

    @field_validator("egress_allow")
    @classmethod
    def _are_networks_or_hosts(cls, value: str | None) -> str | None:
        from octavo.adapters.egress.rules import parse_allowed

        parse_allowed(_listed(value))
        return value

    @field_validator("secret_key")
    @classmethod
    def _is_long_enough(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and len(value.get_secret_value()) < _SHORTEST_SECRET:
            raise ValueError(f"must have at least {_SHORTEST_SECRET} characters")
        return value

    @field_validator("data_dir", "models_dir", "scratch_dir", "ssl_certfile", "ssl_keyfile", "ssl_trusted")
    @classmethod
    def _is_absolute(cls, value: Path | None) -> Path | None:
        """Children work in other folders, so that a relative path would change its meaning."""
        return value.expanduser().absolute() if value is not None else None

    @model_validator(mode="after")
    def _certificate_has_key(self) -> Self:
        if (self.ssl_certfile is None) != (self.ssl_keyfile is None):
            raise ValueError("ssl_certfile and ssl_keyfile belong together: give both or neither")
        if self.ssl_self_signed and self.ssl_certfile:
            raise ValueError("ssl_self_signed and ssl_certfile exclude each other")
        return self

    @property
    def limits(self) -> "Limits":
        # It brings numpy, which a supervisor or a command that reads nothing does without.
        from octavo.ports.readers import Limits

        return Limits(
            max_bytes=self.max_bytes,
            max_pages=self.max_pages,
            max_pixels=self.max_pixels,
            max_unpacked_bytes=self.max_unpacked_bytes,
            max_unpacked_ratio=self.max_unpacked_ratio,
        )

    @property
    def egress_allowed(self) -> tuple[str, ...]:
        return _listed(self.egress_allow)

    @property
    def blobs(self) -> str:
        """The path of the blobs' folder, or the bucket's URL with its endpoint and region."""
        if not self.blob_url:
            return str(self.data_dir / "blobs")
        if not self.blob_url.startswith("s3://"):
            return self.blob_url
        parts = urlsplit(self.blob_url)
        told = {"endpoint": self.s3_endpoint_url, "region": self.s3_region} | dict(parse_qsl(parts.query))
        query = urlencode({name: value for name, value in told.items() if value})
        return urlunsplit(parts._replace(query=query))

    @property
    def slots_per_worker(self) -> int:
        return self.slots or max(1, processor_count() // max(1, self.workers))

    def with_changes(self, **changes: Any) -> "Settings":
        """The same settings with these replaced and checked again; the environment is not asked."""
        return _settings_of(self.reveal() | changes)

    def reveal(self) -> dict[str, Any]:
        """Every setting as JSON has it, **secrets in clear**: for our own child processes only."""
        plain = self.model_dump(mode="json")
        for name, value in self:
            if isinstance(value, SecretStr):
                plain[name] = value.get_secret_value()
        return plain


def _listed(text: str | None) -> tuple[str, ...]:
    return tuple(part.strip() for part in (text or "").split(",") if part.strip())


def load_settings(**options: Any) -> Settings:
    """From the environment; `options` that are not None come before it.

    Raises:
        InvalidRequest: names each setting that is wrong, and why; never its value.
    """
    return _settings_of({name: value for name, value in options.items() if value is not None})


def _settings_of(values: Mapping[str, Any]) -> Settings:
    try:
        return Settings(**values)
    except ValidationError as error:
        raise InvalidRequest("; ".join(_explain(problem) for problem in error.errors())) from None


def _explain(problem: Any) -> str:
    name = str(problem["loc"][0]) if problem["loc"] else ""
    reason = str(problem["msg"]).removeprefix("Value error, ")
    if not name:
        return reason
    return f"{name if name.isupper() else environment_name(name)}: {reason}"


def environment_name(field: str) -> str:
    return PREFIX + field.upper()


def describe_settings() -> list[tuple[str, str, str]]:
    """(environment variable, default, description) of every setting, for the reference and its test."""
    return [
        (_variables(name, field.validation_alias), _default_text(field.default), field.description or "")
        for name, field in Settings.model_fields.items()
    ]


def _variables(name: str, alias: object) -> str:
    """Ours, and the ones of others that are understood where it is not set."""
    others = alias.choices[1:] if isinstance(alias, AliasChoices) else []
    return " or ".join([environment_name(name), *map(str, others)])


def _default_text(default: Any) -> str:
    if default is None:
        return ""
    return "the platform's data folder" if not isinstance(default, str | int | float | bool) else str(default)
