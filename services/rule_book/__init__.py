"""The printed 评分细则 of a rule set: what it says, page by page, and its three forms: HTML, PDF, Word."""
