"""The explicit list of all scoring methods; a rule file names one of these kinds."""

from __future__ import annotations

from collections.abc import Mapping

from scoring.methods.attain import Attain
from scoring.methods.base import Method
from scoring.methods.checklist import Checklist
from scoring.methods.credit import Credit
from scoring.methods.deduction import Deduction
from scoring.methods.direct import Direct
from scoring.methods.graded import Graded
from scoring.methods.ladder import Ladder
from scoring.methods.peer_quantiles import PeerQuantiles
from scoring.methods.peer_range import PeerRange
from scoring.methods.peer_rank import PeerRank
from scoring.methods.piecewise import Piecewise
from scoring.methods.slope import Slope

METHODS: Mapping[str, type[Method]] = {
    "ladder": Ladder,
    "slope": Slope,
    "attain": Attain,
    "piecewise": Piecewise,
    "credit": Credit,
    "deduction": Deduction,
    "direct": Direct,
    "checklist": Checklist,
    "graded": Graded,
    "peer_quantiles": PeerQuantiles,
    "peer_range": PeerRange,
    "peer_rank": PeerRank,
}
