"""jobs: what runs beside the pages. The outbox is the truth about what is owed; huey only wakes it."""
