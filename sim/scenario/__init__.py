"""What a company is: the schema with its defaults, reading scenario files, and the rules they obey."""
