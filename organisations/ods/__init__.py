"""The import of the files that NHS England's Organisation Data Service (ODS) publishes.

Files become rows (`recognise`, `layouts`, `reading`), rows are kept as published (`organisations.models.published`), and
from all that was ever published the import works out what the register should say (`targets`) and writes the
difference (`settle`). `importing.import_ods` is the one door.
"""
