"""What every population stands on: columns, members, storage, and the compiler of rules and stages."""
