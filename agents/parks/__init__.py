"""Parks: serviced land by prefecture, density, organised clusters, and what prefectures imitate."""
