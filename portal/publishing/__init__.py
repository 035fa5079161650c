"""publishing: what is made from a guide for people to read: the public site, the papers, the flowchart.

Nothing here knows the database: callers hand over guide files, and plain values go on to the templates.
"""
