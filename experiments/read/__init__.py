"""What a results folder holds, as tables: sweeps, runs, hits, exports, one run again."""
