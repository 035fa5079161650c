"""migrations: the tables of the guide desk: the catalogue, the words of searches, the life of items, what places offer, what
keeps guides right."""
import sqlalchemy as sa
from alembic import op

from portal.models.base import Json, Moment

revision, down_revision, branch_labels, depends_on = "0002", "0001", None, None


def upgrade() -> None:
    _catalogue()
    _words()
    _lives()
    _offerings()
    _looks()
    _links_and_laws()
    _imports()
    _revisions()


def downgrade() -> None:
    for name in ("ix_guide_revision_shown", "ix_guide_revision_published_at", "ix_guide_revision_withdrawn"):
        op.drop_index(name, "guide_revision")
    op.drop_table("import_row")
    op.drop_table("import_run")
    op.drop_index(op.f("ix_report_code_digest"), "report")
    op.drop_column("report", "code_digest")
    for table in ("law_mark", "link_state", "guide_finding", "guide_look", "guide_check"):
        op.drop_table(table)
    op.drop_table("offering_step")
    op.drop_table("item_proposal")
    op.drop_column("item", "life_until")
    with op.batch_alter_table("search_miss") as batch:
        batch.drop_column("dismissed_on")
        batch.drop_column("led_to")
    op.drop_table("synonym")
    op.drop_table("catalogue_entry")


def _catalogue() -> None:
    op.create_table(
        "catalogue_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("department", sa.String(), nullable=False),
        sa.Column("main_item", sa.String(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("basic_code", sa.String(), nullable=True),
        sa.Column("implementation_code", sa.String(), nullable=True),
        sa.Column("source_code", sa.String(), nullable=True),
        sa.Column("kind", sa.String(), nullable=True),
        sa.Column("link", sa.String(), nullable=True),
        sa.Column("more", Json, nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_catalogue_entry_item_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_catalogue_entry")),
        sa.UniqueConstraint("key", name=op.f("uq_catalogue_entry_key")),
    )
    op.create_index(op.f("ix_catalogue_entry_item_id"), "catalogue_entry", ["item_id"])
    op.create_index(op.f("ix_catalogue_entry_position"), "catalogue_entry", ["position"])


def _words() -> None:
    op.create_table(
        "synonym",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("word", sa.String(), nullable=False),
        sa.Column("means", Json, nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", Moment(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("word <> ''", name=op.f("ck_synonym_has_word")),
        sa.ForeignKeyConstraint(["changed_by_id"], ["staff.id"], name=op.f("fk_synonym_changed_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_synonym")),
        sa.UniqueConstraint("word", name=op.f("uq_synonym_word")),
    )
    op.add_column("search_miss", sa.Column("dismissed_on", sa.Date(), nullable=True))
    op.add_column("search_miss", sa.Column("led_to", sa.String(), nullable=True))


def _lives() -> None:
    op.add_column("item", sa.Column("life_until", sa.Date(), nullable=True))
    op.create_table(
        "item_proposal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("life", sa.String(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("reason_en", sa.String(), nullable=True),
        sa.Column("basis", sa.String(), nullable=False),
        sa.Column("basis_en", sa.String(), nullable=True),
        sa.Column("body", sa.String(), nullable=True),
        sa.Column("body_en", sa.String(), nullable=True),
        sa.Column("tier", sa.String(), nullable=True),
        sa.Column("successor_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("proposed_by_id", sa.Integer(), nullable=False),
        sa.Column("proposed_at", Moment(), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", Moment(), nullable=True),
        sa.Column("words", sa.String(), nullable=True),
        sa.Column("change_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("life IN ('in_force', 'suspended', 'cancelled', 'handed_down', 'taken_over', 'merged')",
                           name=op.f("ck_item_proposal_life_known")),
        sa.CheckConstraint("state IN ('proposed', 'approved', 'in_effect', 'refused', 'taken_back', 'failed')",
                           name=op.f("ck_item_proposal_state_known")),
        sa.CheckConstraint("until IS NULL OR (life = 'suspended' AND until >= since)", name=op.f("ck_item_proposal_until_fits")),
        sa.CheckConstraint("life NOT IN ('handed_down', 'taken_over') OR (body IS NOT NULL AND tier IS NOT NULL)",
                           name=op.f("ck_item_proposal_moved_has_body")),
        sa.CheckConstraint("life <> 'merged' OR successor_id IS NOT NULL", name=op.f("ck_item_proposal_merged_has_successor")),
        sa.CheckConstraint("successor_id IS NULL OR (successor_id <> item_id AND life IN ('merged', 'cancelled', 'handed_down'))",
                           name=op.f("ck_item_proposal_successor_fits")),
        sa.CheckConstraint("(state IN ('proposed', 'taken_back')) = (decided_by_id IS NULL)", name=op.f("ck_item_proposal_decided_by_somebody")),
        sa.CheckConstraint("(decided_by_id IS NULL) = (decided_at IS NULL)", name=op.f("ck_item_proposal_decided_has_date")),
        sa.CheckConstraint("decided_by_id IS NULL OR decided_by_id <> proposed_by_id", name=op.f("ck_item_proposal_four_eyes")),
        sa.CheckConstraint("state NOT IN ('refused', 'failed') OR words IS NOT NULL", name=op.f("ck_item_proposal_refused_has_reason")),
        sa.CheckConstraint("(state = 'in_effect') = (change_id IS NOT NULL)", name=op.f("ck_item_proposal_in_effect_has_change")),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_item_proposal_item_id")),
        sa.ForeignKeyConstraint(["successor_id"], ["item.id"], name=op.f("fk_item_proposal_successor_id")),
        sa.ForeignKeyConstraint(["proposed_by_id"], ["staff.id"], name=op.f("fk_item_proposal_proposed_by_id")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["staff.id"], name=op.f("fk_item_proposal_decided_by_id")),
        sa.ForeignKeyConstraint(["change_id"], ["item_change.id"], name=op.f("fk_item_proposal_change_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_item_proposal")),
        sa.UniqueConstraint("change_id", name=op.f("uq_item_proposal_change_id")),
    )
    op.create_index(op.f("ix_item_proposal_item_id"), "item_proposal", ["item_id"])
    waiting = sa.text("state IN ('proposed', 'approved')")
    op.create_index("uq_item_proposal_waiting", "item_proposal", ["item_id"], unique=True, sqlite_where=waiting, postgresql_where=waiting)


def _offerings() -> None:
    op.create_table(
        "offering_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("offering_id", sa.Integer(), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("act", sa.String(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=True),
        sa.Column("at", Moment(), nullable=False),
        sa.CheckConstraint("act IN ('adopted', 'changed', 'withdrawn')", name=op.f("ck_offering_step_act_known")),
        sa.ForeignKeyConstraint(["offering_id"], ["offering.id"], name=op.f("fk_offering_step_offering_id")),
        sa.ForeignKeyConstraint(["revision_id"], ["offering_revision.id"], name=op.f("fk_offering_step_revision_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_offering_step_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offering_step")),
    )
    op.create_index(op.f("ix_offering_step_offering_id"), "offering_step", ["offering_id"])


def _looks() -> None:
    op.create_table(
        "guide_check",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=False),
        sa.Column("words", sa.String(), nullable=True),
        sa.Column("made_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_guide_check_item_id")),
        sa.ForeignKeyConstraint(["revision_id"], ["guide_revision.id"], name=op.f("fk_guide_check_revision_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_guide_check_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_guide_check")),
    )
    op.create_index(op.f("ix_guide_check_item_id"), "guide_check", ["item_id"])
    op.create_table(
        "guide_look",
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("looked_on", sa.Date(), nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=True),
        sa.Column("review_due", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_guide_look_item_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["revision_id"], ["guide_revision.id"], name=op.f("fk_guide_look_revision_id")),
        sa.PrimaryKeyConstraint("item_id", name=op.f("pk_guide_look")),
    )
    op.create_table(
        "guide_finding",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=True),
        sa.Column("element", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=True),
        sa.Column("words_en", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_guide_finding_item_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_guide_finding")),
    )
    op.create_index(op.f("ix_guide_finding_item_id"), "guide_finding", ["item_id"])
    op.create_index("ix_guide_finding_kind_subject", "guide_finding", ["kind", "subject"])


def _links_and_laws() -> None:
    op.create_table(
        "link_state",
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("asked_at", Moment(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("url", name=op.f("pk_link_state")),
    )
    op.create_table(
        "law_mark",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("law", sa.String(), nullable=False),
        sa.Column("changed_on", sa.Date(), nullable=False),
        sa.Column("words", sa.String(), nullable=True),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.Column("settled_at", Moment(), nullable=True),
        sa.CheckConstraint("law <> ''", name=op.f("ck_law_mark_has_law")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_law_mark_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_law_mark")),
    )
    op.create_index(op.f("ix_law_mark_law"), "law_mark", ["law"])
    op.add_column("report", sa.Column("code_digest", sa.String(), nullable=True))
    op.create_index(op.f("ix_report_code_digest"), "report", ["code_digest"])


def _imports() -> None:
    op.create_table(
        "import_run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("failure", Json, nullable=True),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("moved_at", Moment(), nullable=False),
        sa.CheckConstraint("state IN ('checking', 'checked', 'importing', 'done', 'failed')", name=op.f("ck_import_run_state_known")),
        sa.CheckConstraint("(state = 'failed') = (failure IS NOT NULL)", name=op.f("ck_import_run_failed_says_why")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_import_run_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_run")),
    )
    op.create_index(op.f("ix_import_run_staff_id"), "import_run", ["staff_id"])
    op.create_index(op.f("ix_import_run_state"), "import_run", ["state"])
    words = "('wrong', 'new', 'changed', 'same', 'taken', 'on_its_way')"
    op.create_table(
        "import_row",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=True),
        sa.Column("code", sa.String(), nullable=True),
        sa.Column("slug", sa.String(), nullable=True),
        sa.Column("digest", sa.String(), nullable=True),
        sa.Column("would", sa.String(), nullable=False),
        sa.Column("report", Json, nullable=False),
        sa.Column("document", Json, nullable=True),
        sa.Column("kept", sa.String(), nullable=True),
        sa.Column("revision_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(f"would IN {words}", name=op.f("ck_import_row_would_known")),
        sa.CheckConstraint(f"kept IN {words}", name=op.f("ck_import_row_kept_known")),
        sa.CheckConstraint("(would = 'wrong') = (document IS NULL)", name=op.f("ck_import_row_wrong_has_no_guide")),
        sa.ForeignKeyConstraint(["run_id"], ["import_run.id"], name=op.f("fk_import_row_run_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["revision_id"], ["guide_revision.id"], name=op.f("fk_import_row_revision_id"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_row")),
        sa.UniqueConstraint("run_id", "place", name=op.f("uq_import_row_run_id_place")),
    )
    op.create_index(op.f("ix_import_row_run_id"), "import_row", ["run_id"])


def _revisions() -> None:
    """What a publication asks of every guide is read from indexes: the documents lie in the rows between."""
    shown, withdrawn = sa.text("state = 'published'"), sa.text("state = 'withdrawn'")
    op.create_index("ix_guide_revision_shown", "guide_revision", ["item_id", "digest"], sqlite_where=shown, postgresql_where=shown)
    op.create_index("ix_guide_revision_published_at", "guide_revision", ["published_at"])
    op.create_index("ix_guide_revision_withdrawn", "guide_revision", ["ended_at"], sqlite_where=withdrawn, postgresql_where=withdrawn)
