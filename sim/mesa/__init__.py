"""The columnar population behind Mesa's public interface."""
