"""The submitter's own workbook, given back with every issue at its cell and a sheet that lists them all."""
