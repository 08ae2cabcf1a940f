"""What people see of a study: what it costs, how far it is, what it found."""
