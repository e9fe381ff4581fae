"""The import of the files that NHS England's Organisation Data Service (ODS) publishes.

Files become rows (`tables`, `layouts`, `files`), rows are kept as published (`store`), and from all that was ever
published the import works out what the register should say (`targets`) and writes the difference
(`settle_organisations`, `settle_links`). `importing.import_ods` is the one door.
"""
