"""Many runs and what is asked of them: sweeps, tables, comparisons, figures, the command line."""
