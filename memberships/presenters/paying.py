"""Who pays for an appointment, in words: always shown as a fact, and never with an amount."""

from __future__ import annotations

from memberships.models import FundingLine
from memberships.presenters.reasons import Piece, organisation_piece
from roles.models import FundingKind


def paid_pieces(line: FundingLine) -> list[Piece]:
    """The source, the payer and the sessions of a funding line; never an amount, which is not for everyone."""
    sessions = f"{line.sessions_per_week.normalize():f}" if line.sessions_per_week is not None else ""
    said = f"{sessions} {'session' if sessions == '1' else 'sessions'} a week" if sessions else ""
    if line.funding_source.kind == FundingKind.UNPAID:
        return [Piece(", ".join(filter(None, ["Unpaid", said])))]
    pieces = [Piece(line.funding_source.name)]
    if line.payer:
        pieces += [Piece(", paid by "), organisation_piece(line.payer)]
    return [*pieces, Piece(f", {said}")] if said else pieces
