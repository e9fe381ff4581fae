"""Spreadsheets in and out: reading what people have, bringing it in, and lists that can be edited and brought back.

`workbooks` opens files, `columns` says which columns the register knows, `cells` what a row's cells mean; none of them
asks the database. `exporting` and `template` write workbooks.
"""
