"""How runs are computed: work, engines, progress, interruption."""
