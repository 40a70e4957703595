"""Rows → a PDF each in one folder, and a report: many handouts through the one press.

    report = batch.run(readers.read([Path("clinic.csv")], pack, today=day),
                       batch.Job(Path("out"), brand), today=day)
"""

from handouts.batch.flow import run
from handouts.batch.job import Job
from handouts.batch.ledger import Failure
from handouts.batch.report import BatchReport

__all__ = ["BatchReport", "Failure", "Job", "run"]
