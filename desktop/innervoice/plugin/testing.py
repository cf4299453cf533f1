"""For tests of plugins: a small study, a tiny model, contexts made from arrays, and what every plugin must keep to.

::

    import pytest
    from innervoice.plugin.testing import Check, conformance
    import my_plugin


    @pytest.mark.parametrize("check", conformance(my_plugin), ids=str)
    def test_the_plugin_keeps_its_promises(check: Check) -> None:
        check()
"""

from innervoice.plugin.array_context import ArrayContext, ArrayModel, ArrayScores
from innervoice.plugin.conformance import Check, ConformanceError, conformance
from innervoice.plugin.small_study import melodies, small_study
from innervoice.plugin.tiny_model import TinyModel

__all__ = [
    "ArrayContext",
    "ArrayModel",
    "ArrayScores",
    "Check",
    "ConformanceError",
    "TinyModel",
    "conformance",
    "melodies",
    "small_study",
]
