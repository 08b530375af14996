"""What goes out: the payment file, the report, the list of failures, the letters.

Made from decisions and readings alone (`dossier`); knows neither how a document is read, nor a rule, nor the
clock. The same decisions give the same bytes.
"""
