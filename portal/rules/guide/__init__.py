"""rules/guide: the guide document, the one value that page, flowchart, PDF, form, workflow and tracker are made from.

`document` holds the whole, the other modules its parts; `yaml` reads and writes it; `errors` says what is wrong with it.
"""
