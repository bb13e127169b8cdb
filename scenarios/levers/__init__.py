"""One module a lever; module NAME holds the class of that name and belongs to configs/lever/NAME.yaml."""
