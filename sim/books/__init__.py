"""The identities of each quarter."""
