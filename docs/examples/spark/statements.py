"""Statements of millions of articles with Spark: who said what, and what was claimed.

    spark-submit statements.py ARTICLES STATEMENTS

ARTICLES: a folder of Parquet with a text, an id and whatever else is known of each article (the columns are guessed as
`quotecli` guesses them: `body`, `headline`, `pubdate` …). STATEMENTS: the folder to append to, rows of
`quotecli.arrow.STATEMENTS`. Run again, it goes on where it was stopped: what this version of quotecli has read already
is left out. `quotecli import ARTICLES STATEMENTS` makes a library of both.

Each worker needs `pip install quotecli[arrow]` and one processor.
"""

from __future__ import annotations

import argparse
import functools
import math

from pyspark.errors import AnalysisException
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql.functions import col
from pyspark.sql.pandas.types import from_arrow_schema

import quotecli.arrow

ARTICLES_A_TASK = 500
"""Some three minutes of a processor: what is lost when a worker dies, and enough for all processors to be busy to the
end. Spark makes few large splits of small files, hence `repartition`."""

# A text that is the end of its process (out of memory) would be the end of the worker, and after four tries of the job;
# so each worker lets a child process read. It costs that text one row, which says why.
extract = functools.partial(quotecli.arrow.extract, isolate=True)


def unread(articles: DataFrame, output: str, id_column: str) -> DataFrame:
    """Return the articles that have no row in `output` by the version of today; those that it skipped have one."""
    try:
        done = articles.sparkSession.read.parquet(output)
    except AnalysisException:  # nothing is there yet
        return articles
    done = done.where(col("model") == quotecli.arrow.model()).select(col("article.id").alias("done")).distinct()
    return articles.join(done, col(id_column).cast("string") == col("done"), "left_anti")


def run(spark: SparkSession, given: argparse.Namespace) -> None:
    """Read the articles file by file, some at a time: what is written of these stays, whatever becomes of the next."""
    files = sorted(spark.read.parquet(given.articles).inputFiles())
    for first in range(0, len(files), given.files_at_once):
        articles = spark.read.parquet(*files[first : first + given.files_at_once])
        waiting = unread(articles, given.statements, given.id)
        if number := waiting.count():
            tasks = math.ceil(number / given.articles_a_task)
            found = waiting.repartition(tasks).mapInArrow(extract, from_arrow_schema(quotecli.arrow.STATEMENTS))
            found.write.mode("append").parquet(given.statements)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Statements of many articles with Spark.")
    parser.add_argument("articles")
    parser.add_argument("statements")
    parser.add_argument("--id", default="id", help="the column with the articles' ids")
    parser.add_argument("--articles-a-task", type=int, default=ARTICLES_A_TASK)
    parser.add_argument("--files-at-once", type=int, default=64)
    with SparkSession.builder.appName("quotecli").getOrCreate() as session:
        run(session, parser.parse_args())
