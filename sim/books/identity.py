"""How a broken identity is reported."""

from agents.money.flows import AccountingError


def fail(identity: str, account: str, quarter: int | None, amount: int) -> None:
    """Raises AccountingError, unless the amount is zero."""
    if amount != 0:
        raise AccountingError(f"{identity} fails: account {account}, quarter {quarter}: {amount} off")
