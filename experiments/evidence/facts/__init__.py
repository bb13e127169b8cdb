"""The baseline beside published figures of 2016-20 and stylised facts: what is measured, and the verdicts."""
