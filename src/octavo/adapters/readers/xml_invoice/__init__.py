"""E-invoices that are sent as their XML alone: XRechnung, Peppol BIS, the data of Factur-X."""
