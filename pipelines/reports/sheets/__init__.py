"""The sheets of the Excel ledger, one a file, and what they share."""
