"""Where runs are computed: processes of this machine, or those of a Dask cluster, behind one interface."""
