"""Legacy Office files, OpenDocument and RTF: LibreOffice makes them into what is read natively."""
