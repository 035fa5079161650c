"""rules/importing/sheets: guides from tables, as workbooks and CSV carry them: every mistake is told by sheet, row and cell.

Two layouts, told apart by their headings: Banshi's own template, a sheet for each part of a guide (`own`, out of `shape`, which
follows the schema), and the national fields in wide tables (`wide`) or on a sheet of their own (`upright`). Nothing here opens a file.
"""
