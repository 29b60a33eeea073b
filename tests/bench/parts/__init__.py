"""A module a part; each has run(bench), which gives its figures, and a first line that says what it measures."""
