"""Pages that were put away, finished: their row as it is, or made again with what the templates of their site take out.

Templates can only change a page whose article has one of their lines, and which lines it has is known by their hashes. So the rows of all others are passed on, and
only the few that are touched are taken out of their packs (`cleaner.batch.frozen`).
"""

from __future__ import annotations

from typing import Any

from cleaner.batch.frozen import Finished, thawed, unpacked
from cleaner.batch.rows import Cleaning, Outcome, Reread, body_of, dead_letter, stats_of, trace_of
from cleaner.batch.samples import removals_offered
from cleaner.batch.tasks import Verdict
from cleaner.batch.values import BatchConfig, Frozen, Record
from cleaner.pipeline import with_templates
from cleaner.result import Result
from cleaner.rules import site_templates
from cleaner.rules.site_address import Address
from cleaner.sites.extract import HAS_ADDRESS, IS_WHOLE, head_of, lines_in

__all__ = ["outcome_of_frozen"]


def outcome_of_frozen(item: Frozen, cleaning: Cleaning, reread: Reread | None = None, verdict: Verdict | None = None) -> Outcome:
    """Finish a page that was put away: with its row as it is where the templates of its site have none of its lines."""
    finished = unpacked(item.pack)
    if verdict is None and not _is_touched(item.line, cleaning.config):
        return Outcome(b"r", finished.stats, finished.row)
    result, record, repaired = thawed(finished)
    if verdict:
        return dead_letter(record, verdict.status, verdict.error, reread=reread)
    try:
        result = with_templates(result, cleaning.config.options)
        return Outcome(b"r", _stats_with_templates(finished, record, result, repaired), body_of(result, record, cleaning.config))
    except MemoryError:
        raise
    except BaseException as error:  # noqa: BLE001  as in outcome_of
        return dead_letter(record, "error", f"{type(error).__name__}: {error}", trace=trace_of(error), reread=reread)


def _is_touched(line: bytes, config: BatchConfig) -> bool:
    """Whether templates have a line of the page's article; True where that is not known."""
    if not line:
        return True
    head = head_of(line)
    if not head.bits & IS_WHOLE:
        return True
    address = Address(head.host.decode(), head.domain.decode()) if head.bits & HAS_ADDRESS else None
    rules = site_templates(config.options.templates, shared=config.options.shared_blocks)
    lines = lines_in(line, head)
    return any(rule.touches(address, lines) for rule in rules)


def _stats_with_templates(finished: Finished, record: Record, result: Result, repaired: int) -> dict[str, Any]:
    """The numbers of a page, those that templates change made again."""
    before = finished.stats
    stats = {**before, **stats_of(record, result), "b": before["b"], "t": before["t"]}
    if offers := [*before.get("p", ())[:repaired], *removals_offered(record, result)]:
        stats["p"] = offers
    return stats
