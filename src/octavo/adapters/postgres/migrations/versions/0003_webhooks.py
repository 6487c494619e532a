"""Webhook endpoints, callbacks, announcements, deliveries and their attempts."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def _id(name: str, *, nullable: bool = False) -> "sa.Column[str]":
    return sa.Column(name, sa.String(length=24, collation="C"), nullable=nullable)


def _moment(name: str, *, nullable: bool = False) -> "sa.Column[object]":
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def upgrade() -> None:
    _endpoints()
    _callbacks()
    _announcements()
    _deliveries()


def _endpoints() -> None:
    op.create_table(
        "webhooks",
        _id("id"),
        _id("organization_id"),
        _id("project_id", nullable=True),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("event_types", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("scheme", sa.Text(), nullable=False),
        sa.Column("include_fields", sa.Boolean(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("disabled_reason", sa.Text()),
        _moment("failing_since", nullable=True),
        sa.Column("sealed_secret", sa.LargeBinary(), nullable=False),
        sa.Column("sealed_old_secret", sa.LargeBinary()),
        _moment("old_secret_until", nullable=True),
        _moment("created_at"),
        _moment("updated_at"),
        sa.ForeignKeyConstraint(["organization_id"], ["organizations.id"]),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("webhooks_organization", "webhooks", ["organization_id", "id"])


def _callbacks() -> None:
    op.create_table(
        "callbacks",
        _id("job_id"),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("target", sa.Text(), nullable=False),
        sa.Column("event_types", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("scheme", sa.Text(), nullable=False),
        sa.Column("sealed_secret", sa.LargeBinary()),
        sa.Column("metadata", postgresql.JSONB()),
        sa.ForeignKeyConstraint(["job_id"], ["jobs.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("job_id"),
    )


def _announcements() -> None:
    op.create_table(
        "announcements",
        _id("id"),
        _id("organization_id"),
        _id("project_id", nullable=True),
        _id("subject_id"),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("facts", postgresql.JSONB(), nullable=False),
        _moment("created_at"),
        sa.Column("transaction", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("announcements_feed", "announcements", ["organization_id", "transaction", "id"])
    op.create_index("announcements_subject", "announcements", ["subject_id"])


def _deliveries() -> None:
    op.create_table(
        "deliveries",
        _id("id"),
        _id("organization_id"),
        _id("project_id", nullable=True),
        _id("announcement_id"),
        _id("webhook_id", nullable=True),
        _id("subject_id"),
        sa.Column("event_type", sa.Text(), nullable=False),
        sa.Column("target", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), server_default=sa.text("0"), nullable=False),
        _moment("next_attempt_at"),
        _moment("leased_until", nullable=True),
        sa.Column("response_status", sa.SmallInteger()),
        sa.Column("latency_ms", sa.Integer()),
        sa.Column("error", sa.Text()),
        _moment("created_at"),
        _moment("finished_at", nullable=True),
        sa.ForeignKeyConstraint(["announcement_id"], ["announcements.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["webhook_id"], ["webhooks.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "deliveries_due",
        "deliveries",
        ["target", "next_attempt_at"],
        postgresql_where=sa.text("status = 'pending'"),
    )
    op.create_index(
        "deliveries_under_way",
        "deliveries",
        ["target", "leased_until"],
        postgresql_where=sa.text("status = 'pending' and leased_until is not null"),
    )
    op.create_index("deliveries_webhook", "deliveries", ["webhook_id", "id"])
    op.create_index("deliveries_subject", "deliveries", ["subject_id"])
    op.create_index("deliveries_announcement", "deliveries", ["announcement_id"])
    op.create_table(
        "delivery_attempts",
        _id("delivery_id"),
        sa.Column("number", sa.Integer(), nullable=False),
        _moment("started_at"),
        sa.Column("duration_ms", sa.Integer(), nullable=False),
        sa.Column("response_status", sa.SmallInteger()),
        sa.Column("error", sa.Text()),
        sa.ForeignKeyConstraint(["delivery_id"], ["deliveries.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("delivery_id", "number"),
    )
