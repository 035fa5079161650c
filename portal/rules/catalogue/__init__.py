"""rules: the catalogue, a list of what departments handle that has not all become guides yet.

Lists of this kind come as JSON in levels (department, main item, items), as JSON rows, or as a table. They are kept as they
were given: order, headings and repeated names included; what the house does not know stays in `Entry.more`.
"""
