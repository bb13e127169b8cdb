"""The posterior: parameters learnt from 2016-20, and what could not be learnt."""
