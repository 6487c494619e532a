"""Endpoints, callbacks, announcements, deliveries and their attempts."""

from sqlalchemy import (
    ARRAY,
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    SmallInteger,
    Table,
    Text,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB

from octavo.adapters.postgres.tables import ID, MOMENT, metadata

webhooks = Table(
    "webhooks",
    metadata,
    Column("id", ID, primary_key=True),
    Column("organization_id", ID, ForeignKey("organizations.id"), nullable=False),
    Column("project_id", ID, ForeignKey("projects.id")),
    Column("url", Text, nullable=False),
    Column("event_types", ARRAY(Text), nullable=False),
    Column("description", Text, nullable=False),
    Column("scheme", Text, nullable=False),
    Column("include_fields", Boolean, nullable=False),
    Column("active", Boolean, nullable=False),
    Column("disabled_reason", Text),
    Column("failing_since", MOMENT),
    Column("sealed_secret", LargeBinary, nullable=False),
    Column("sealed_old_secret", LargeBinary),
    Column("old_secret_until", MOMENT),
    Column("created_at", MOMENT, nullable=False),
    Column("updated_at", MOMENT, nullable=False),
    Index("webhooks_organization", "organization_id", "id"),
)

callbacks = Table(
    "callbacks",
    metadata,
    Column("job_id", ID, ForeignKey("jobs.id", ondelete="CASCADE"), primary_key=True),
    Column("position", SmallInteger, primary_key=True, autoincrement=False, server_default=text("0")),
    Column("url", Text, nullable=False),
    Column("target", Text, nullable=False),
    Column("event_types", ARRAY(Text), nullable=False),
    Column("scheme", Text, nullable=False),
    Column("sealed_secret", LargeBinary),
    Column("metadata", JSONB),
)
"""Erased with their job's result."""

announcements = Table(
    "announcements",
    metadata,
    Column("id", ID, primary_key=True),
    Column("organization_id", ID, nullable=False),
    Column("project_id", ID),
    Column("subject_id", ID, nullable=False),
    Column("type", Text, nullable=False),
    Column("facts", JSONB, nullable=False),
    Column("created_at", MOMENT, nullable=False),
    Column("transaction", BigInteger, nullable=False),
    Index("announcements_feed", "organization_id", "transaction", "id"),
    Index("announcements_type", "organization_id", "type", "transaction", "id"),
    Index("announcements_subject", "subject_id"),
)
"""`transaction` is its number: ids are made before a commit, so they alone cannot be followed."""

deliveries = Table(
    "deliveries",
    metadata,
    Column("id", ID, primary_key=True),
    Column("organization_id", ID, nullable=False),
    Column("project_id", ID),
    Column("announcement_id", ID, ForeignKey("announcements.id", ondelete="CASCADE"), nullable=False),
    Column("webhook_id", ID, ForeignKey("webhooks.id", ondelete="CASCADE")),
    Column("callback", SmallInteger, nullable=False, server_default=text("0")),
    Column("subject_id", ID, nullable=False),
    Column("event_type", Text, nullable=False),
    Column("target", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("attempts", Integer, nullable=False, server_default=text("0")),
    Column("next_attempt_at", MOMENT, nullable=False),
    Column("leased_until", MOMENT),
    Column("response_status", SmallInteger),
    Column("latency_ms", Integer),
    Column("error", Text),
    Column("created_at", MOMENT, nullable=False),
    Column("finished_at", MOMENT),
    Index("deliveries_due", "target", "next_attempt_at", postgresql_where=text("status = 'pending'")),
    Index(
        "deliveries_under_way",
        "target",
        "leased_until",
        postgresql_where=text("status = 'pending' and leased_until is not null"),
    ),
    Index("deliveries_webhook", "webhook_id", "id"),
    Index("deliveries_subject", "subject_id"),
    Index("deliveries_announcement", "announcement_id"),
)
"""`target` is the receiver that may be slow: an endpoint, or the host of a project's callbacks. Without a
`webhook_id`, `callback` is the position of the job's callback."""

attempts = Table(
    "delivery_attempts",
    metadata,
    Column("delivery_id", ID, ForeignKey("deliveries.id", ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("started_at", MOMENT, nullable=False),
    Column("duration_ms", Integer, nullable=False),
    Column("response_status", SmallInteger),
    Column("error", Text),
)
