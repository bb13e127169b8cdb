"""What an event beside its own research adds to a firm's productivity and quality."""

from agents.engine.rules import stage


@stage
def lift_firms(firms, rows, gains, process_share):
    """Adds gains [log points] to their firms, divided between cost and quality; a row may come repeatedly."""
    for n in range(len(rows)):
        i = rows[n]
        firms.log_productivity[i] += process_share * gains[n]
        firms.log_quality[i] += (1.0 - process_share) * gains[n]
