"""Pure values and rules: targets and their arithmetic, the report, leaders, the pact, due dates."""
