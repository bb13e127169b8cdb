"""All that is the province's: places, industries, institutions, money and people of 2015."""
