"""Whether a use of personal data is covered: knows the published policy and the law's checks."""
