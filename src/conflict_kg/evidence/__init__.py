"""What stands behind an answer: its rule, the claims and their sentences, the report, how names were linked."""
