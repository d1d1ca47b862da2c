"""How reviews are printed: JSON with the documented keys, or plain lines."""

from collections.abc import Iterator, Sequence

from backscroll.model.code import Codebook
from backscroll.model.review import Decision, Item, Pass, Progress, Review
from backscroll.reviewing.comparing import Figures, Outcome
from backscroll.reviewing.wording import code_names, figure, interval_words
from backscroll.text import safe_line

_PASSES = {Pass.ALONE: "first pass", Pass.TOGETHER: "second pass", Pass.RESULT: "result"}


def review_row(review: Review) -> dict[str, object]:
    """A review with its documented keys."""
    sample = review.sample
    return {
        "id": review.id,
        "title": review.title,
        "query": review.query,
        "sample": {"kind": sample.kind, "size": sample.size, "seed": sample.seed, "by": sample.by},
        "codes": list(review.codes),
        "is_blind": review.is_blind,
        "size": review.size,
        "created_at": review.created_at,
        "closed_at": review.closed_at,
    }


def review_line(review: Review) -> str:
    """A review on one line."""
    parts = [f"{str(review.id)[:13]}  {review.size:>7,} messages  {safe_line(review.title)}"]
    parts += [f"· {safe_line(review.query)}"] if review.query else []
    return " ".join(parts + (["[closed]"] if review.closed_at else []))


def progress_row(progress: Progress) -> dict[str, object]:
    """How far one reviewer is with one pass."""
    return {
        "reviewer": progress.author,
        "pass": progress.made_in,
        "coded": progress.coded,
        "skipped": progress.skipped,
        "flagged": progress.flagged,
        "seconds": round(progress.seconds, 1),
        "last_at": progress.last_at,
    }


def status_lines(review: Review, progress: Sequence[Progress]) -> Iterator[str]:
    """A review, and a line for each reviewer and pass."""
    yield review_line(review)
    for p in progress:
        of = f" of {review.size:,}" if p.made_in is Pass.ALONE else ""
        pace = f", {60 * (p.coded + p.skipped) / p.seconds:.1f} a minute" if p.seconds else ""
        more = f", {p.skipped:,} skipped, {p.flagged:,} flagged"
        yield f"  {safe_line(p.author)}, {_PASSES[p.made_in]}: {p.coded + p.skipped:,}{of} decided{more}{pace}"


def figures_row(row: Figures, book: Codebook) -> dict[str, object]:
    """Figures with their documented keys; null where one is not defined."""
    low, high = row.interval or (None, None)
    return {
        "code": code_names((row.code,), book) if row.code else None,
        "code_id": row.code,
        "reviewers": list(row.reviewers),
        "messages": row.messages,
        "percent": row.percent,
        "kappa": row.kappa,
        "alpha": row.alpha,
        "alpha_low": low,
        "alpha_high": high,
    }


def figures_lines(found: Sequence[Figures], book: Codebook) -> Iterator[str]:
    """A table."""
    if not found:
        yield "Fewer than two reviewers have coded anything in this pass."
        return
    yield f"{'code':24} {'reviewers':24} {'messages':>8} {'agree':>6} {'kappa':>7} {'alpha':>7}  95 % interval"
    for row in found:
        code = code_names((row.code,), book) if row.code else "(all codes at once)"
        who = ", ".join(map(safe_line, row.reviewers))
        share, kappa, alpha = figure(row.percent, "{:.0f} %"), figure(row.kappa), figure(row.alpha)
        yield f"{code:24} {who:24} {row.messages:>8,} {share:>6} {kappa:>7} {alpha:>7}  {interval_words(row.interval)}"


def disagreement_row(item: Item, outcome: Outcome, book: Codebook) -> dict[str, object]:
    """A message on which reviewers differ, with its documented keys; `result` is null where it is not settled."""
    return {
        "position": item.position,
        "conversation_id": item.conversation_id,
        "message_id": item.message.id,
        "message_sent_at": item.message.sent_at,
        "sender": item.sender,
        "quote": item.quote,
        "reviewers": [_given(decision, book) for decision in outcome.reviewers.values()],
        "result": _given(outcome.result, book) if outcome.result else None,
        "flagged_by": list(outcome.flagged_by),
    }


def _given(decision: Decision, book: Codebook) -> dict[str, object]:
    return {
        "reviewer": decision.author,
        "pass": decision.made_in,
        "codes": [code_names((code,), book) for code in decision.codes],
        "code_ids": list(decision.codes),
        "is_flagged": decision.is_flagged,
        "remark": decision.remark,
    }


def disagreement_lines(item: Item, outcome: Outcome, book: Codebook) -> Iterator[str]:
    """The message, then who gave which codes."""
    yield f"{str(item.message.id)[:8]}  {safe_line(item.sender or '')}: {safe_line(item.quote)[:120]}"
    for name, decision in outcome.reviewers.items():
        remark = f"  “{safe_line(decision.remark)}”" if decision.remark else ""
        yield f"    {safe_line(name)}: {code_names(decision.codes, book)}{remark}"
    if outcome.flagged_by:
        yield f"    flagged by {', '.join(map(safe_line, outcome.flagged_by))}"
    if outcome.result:
        yield f"    settled: {code_names(outcome.result.codes, book)}"
