"""Effects of a scenario taken apart: by what brought the change about, where, and at which public cost."""
