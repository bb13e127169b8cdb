"""Who lends and invests: the bank, the guarantee corporation, the funds."""
