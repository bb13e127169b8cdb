"""In which conditions a target is met or missed: boxes of what runs drew, found twice and tested."""
