"""Money of the centre that is won against other provinces: for investment and for national projects."""
