"""An analysis asks for features; the study keeps what was computed."""

from pathlib import Path

import numpy as np
import pytest

from innervoice.engine.service import Engine
from innervoice.music.features.computing import features
from innervoice.plugin import ATTRIBUTES, JSYMBOLIC, Posterior
from innervoice.plugin.testing import ArrayContext
from innervoice.study.document import Study


def test_an_analysis_gets_the_features_of_its_clips_and_the_study_keeps_them(engine: Engine, clips_study: Path) -> None:
    call = {"study": str(clips_study), "analysis": "features", "model": "small"}
    with Study(clips_study) as study:
        rows = study.clip_rows()
        expected = features(study.tokens([row.id for row in rows]), [row.qpm for row in rows], ["P12", "contour"])
        assert len(study.featureless()) == len(rows) > 1
    for _ in range(2):
        run = engine.call("run", call)[0]["run"]
        with Study(clips_study) as study:
            summary = study.packed_result(run)["summary"]
            assert len(study.featureless()) == 0
        assert summary["all"] == len(JSYMBOLIC)
        assert (summary["pitch"], summary["contour"]) == pytest.approx(tuple(np.nanmean(expected, axis=0)))


def test_the_context_for_tests_of_plugins_has_features_too() -> None:
    context = ArrayContext(Posterior(np.zeros((3, 4), np.float32), np.ones((3, 4), np.float32)))
    assert context.features().shape == (3, 57)
    values = context.features(ATTRIBUTES)
    # Scales of 32 notes that rise a semitone each, one step higher from clip to clip.
    np.testing.assert_allclose(values[:, ATTRIBUTES.index("contour")], 31 / 88)
    assert (context.features(["P11"])[:, 0] == [21, 22, 23]).all()
