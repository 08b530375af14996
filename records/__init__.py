"""What lasts: the database of documents, decisions and payments, the store of uploads, the audit chain.

A Django application (``records``) that needs no project: `records.setup.configure` takes one URL. Knows the
words of `dossier` and nothing of reading, rules, Prefect or the web.
"""
