"""How an identity fails: in one line that names it, the account, the quarter and the amount."""

from agents.flows import AccountingError


def fail(identity: str, account: str, quarter: int | None, amount: int) -> None:
    """Raises AccountingError, unless the amount is zero."""
    if amount != 0:
        raise AccountingError(f"{identity} fails: account {account}, quarter {quarter}: {amount} off")
