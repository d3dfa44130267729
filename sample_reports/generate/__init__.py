"""Makes the sample year: invented figures of 32 units, their workbooks, and defective ones."""
