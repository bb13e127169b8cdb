"""What figures and the report are drawn from: tables of a results folder, and published figures beside them."""
