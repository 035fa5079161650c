"""rules/importing: real guides become drafts. Text and values in, a guide file out, and an honest report.

`national` reads structured guides, `page` the text of published pages; `elements` says where each national element has its
place. What is placed is claimed with its words, and a claim holds only where the finished document says the same.
"""
