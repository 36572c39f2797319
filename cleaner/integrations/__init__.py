"""cleaner as a step of somebody else's pipeline: Ray, Spark, datatrove, Scrapy, LangChain.

One small module each, imported when asked for; each keeps the two promises of a batch: every page in gives a row out with a status, and a page that
crashes the parser costs only itself, because the cleaning runs in a guarded worker process (`cleaner.batch.stream.Cleaners`).
"""
