"""Who pays whom: flows, accounts, the ledger and its books, programmes."""
