"""Founders: who would found a firm, whom the bank's caution holds back, and who sits in an incubator."""
