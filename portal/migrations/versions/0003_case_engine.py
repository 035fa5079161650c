"""migrations: the case engine: acceptance by the clock, the service of notices, corrections on the spot."""
import sqlalchemy as sa
from alembic import op

from portal.models.base import Json, Moment

revision, down_revision, branch_labels, depends_on = "0003", "0002", None, None
VOUCHERS_BEFORE = ("receipt", "acceptance", "correction", "refusal_to_accept", "decision_grant", "decision_refuse", "delivery")
VOUCHERS = (*VOUCHERS_BEFORE, "extension")


def upgrade() -> None:
    _intake()
    _service()
    _deadlines()
    _voucher_kinds(VOUCHERS)


def downgrade() -> None:
    _voucher_kinds(VOUCHERS_BEFORE)
    op.drop_table("calendar_change")
    op.drop_column("calendar_year", "recounted")
    op.drop_table("extension")
    for column in ("extended_by", "due_before", "due_moved"):
        op.drop_column("case", column)
    op.drop_index("ix_service_owed", "service")
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
    owed = sa.text("state = 'due'")
    op.create_index("ix_service_owed", "service", ["notice_id"], sqlite_where=owed, postgresql_where=owed)
    op.add_column("service", sa.Column("words_sealed", sa.LargeBinary(), nullable=True))
    op.add_column("service", sa.Column("recorded_at", Moment(), nullable=True))
    op.execute("ALTER TABLE service ADD COLUMN recorded_by_id INTEGER CONSTRAINT fk_service_recorded_by_id REFERENCES staff (id)")


def _deadlines() -> None:
    op.add_column("case", sa.Column("extended_by", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("case", sa.Column("due_before", sa.Date(), nullable=True))
    op.add_column("case", sa.Column("due_moved", sa.String(), nullable=True))
    op.create_table(
        "extension",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", Moment(), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", Moment(), nullable=True),
        sa.Column("due_before", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.CheckConstraint("state IN ('asked', 'approved', 'refused')", name=op.f("ck_extension_state_known")),
        sa.CheckConstraint("days > 0", name=op.f("ck_extension_has_days")),
        sa.CheckConstraint("(state = 'asked') = (decided_by_id IS NULL)", name=op.f("ck_extension_decided_by_somebody")),
        sa.CheckConstraint("(decided_by_id IS NULL) = (decided_at IS NULL)", name=op.f("ck_extension_decided_has_date")),
        sa.CheckConstraint("decided_by_id IS NULL OR decided_by_id <> asked_by_id", name=op.f("ck_extension_four_eyes")),
        sa.CheckConstraint("(state = 'approved') = (due_on IS NOT NULL)", name=op.f("ck_extension_approved_has_date")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_extension_case_id")),
        sa.ForeignKeyConstraint(["asked_by_id"], ["staff.id"], name=op.f("fk_extension_asked_by_id")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["staff.id"], name=op.f("fk_extension_decided_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_extension")),
    )
    op.create_index(op.f("ix_extension_case_id"), "extension", ["case_id"])
    standing = sa.text("state <> 'refused'")
    op.create_index("uq_extension_standing", "extension", ["case_id"], unique=True, sqlite_where=standing, postgresql_where=standing)
    op.add_column("calendar_year", sa.Column("recounted", sa.String(), nullable=False, server_default=""))
    op.create_table(
        "calendar_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=True),
        sa.Column("official", sa.Boolean(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("days", Json, nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_calendar_change_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_change")),
    )
    op.create_index(op.f("ix_calendar_change_year"), "calendar_change", ["year"])


def _voucher_kinds(kinds: tuple[str, ...]) -> None:
    """The list of kinds that a voucher may be of. SQLite changes no constraint: it gets the table written anew."""
    with op.batch_alter_table("voucher") as batch:
        batch.drop_constraint(op.f("ck_voucher_kind_known"), type_="check")
        batch.create_check_constraint(op.f("ck_voucher_kind_known"), f"kind IN ({', '.join(repr(kind) for kind in kinds)})")
