"""What each lever does to each indicator at the dose that the plan means, alone and all together."""
