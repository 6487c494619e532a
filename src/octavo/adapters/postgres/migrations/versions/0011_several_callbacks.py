"""Several callbacks of one job."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for table, column in (("callbacks", "position"), ("deliveries", "callback")):
        op.add_column(table, sa.Column(column, sa.SmallInteger(), nullable=False, server_default="0"))
    op.drop_constraint("callbacks_pkey", "callbacks")
    op.create_primary_key("callbacks_pkey", "callbacks", ["job_id", "position"])
