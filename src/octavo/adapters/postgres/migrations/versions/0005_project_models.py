"""A project's language model, and what models take."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("projects", sa.Column("model", postgresql.JSONB(), nullable=True))
    op.add_column("projects", sa.Column("sealed_model_key", sa.LargeBinary(), nullable=True))
    for name in ("model_input_tokens", "model_output_tokens"):
        op.add_column("usage", sa.Column(name, sa.BigInteger(), server_default=sa.text("0"), nullable=False))
