"""What figures and reports are drawn from: tables of a results folder, and published figures beside them."""
