"""The model beside what was published: fits, facts, experiments."""
