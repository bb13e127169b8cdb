"""What the centre gives for projects that are won against other provinces: investment money, national projects."""
