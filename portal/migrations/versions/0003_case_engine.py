"""migrations: the case engine: acceptance by the clock, the service of notices, corrections on the spot."""
import sqlalchemy as sa
from alembic import op

from portal.models.base import Json, Moment

revision, down_revision, branch_labels, depends_on = "0003", "0002", None, None


def upgrade() -> None:
    _intake()
    _service()


def downgrade() -> None:
    with op.batch_alter_table("service") as batch:
        for column in ("served_on", "words_sealed", "recorded_at", "recorded_by_id"):
            batch.drop_column(column)
    with op.batch_alter_table("notice") as batch:
        for column in ("voucher_id", "answer_days"):
            batch.drop_column(column)
    op.drop_column("case_party", "consented_on")
    op.drop_index("ix_case_waiting", "case")
    op.drop_table("spot_correction")
    op.drop_column("case", "deemed_on")


def _intake() -> None:
    op.add_column("case", sa.Column("deemed_on", sa.Date(), nullable=True))
    waiting = sa.text("state = 'submitted'")
    op.create_index("ix_case_waiting", "case", ["arrived_on"], sqlite_where=waiting, postgresql_where=waiting)
    op.create_table(
        "spot_correction",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("papers", Json, nullable=False),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("made_at", Moment(), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_spot_correction_case_id")),
        sa.ForeignKeyConstraint(["made_by_id"], ["staff.id"], name=op.f("fk_spot_correction_made_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_spot_correction")),
    )
    op.create_index(op.f("ix_spot_correction_case_id"), "spot_correction", ["case_id"])


def _service() -> None:
    """A column that refers to a table is added by a statement that both engines read alike: SQLite would otherwise have the
    whole table written anew."""
    op.add_column("case_party", sa.Column("consented_on", sa.Date(), nullable=True))
    op.execute("ALTER TABLE notice ADD COLUMN voucher_id INTEGER CONSTRAINT fk_notice_voucher_id REFERENCES voucher (id)")
    op.add_column("notice", sa.Column("answer_days", sa.Integer(), nullable=True))
    op.add_column("service", sa.Column("served_on", sa.Date(), nullable=True))
    op.add_column("service", sa.Column("words_sealed", sa.LargeBinary(), nullable=True))
    op.add_column("service", sa.Column("recorded_at", Moment(), nullable=True))
    op.execute("ALTER TABLE service ADD COLUMN recorded_by_id INTEGER CONSTRAINT fk_service_recorded_by_id REFERENCES staff (id)")
