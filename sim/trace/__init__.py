"""One member's decisions and payments, quarter by quarter."""
