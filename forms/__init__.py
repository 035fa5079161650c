"""forms: checks what was typed. One file a noun; `base` holds what all share."""
