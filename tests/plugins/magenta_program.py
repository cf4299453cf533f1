"""Run as a program: narrow random checkpoints of Magenta's configurations, and what the plugin makes of them, as JSON.

``python magenta_program.py FOLDER NAME...``; in a process of its own, since Magenta needs Keras 2 and graph mode.
"""

import copy
import json
import os
import sys
from pathlib import Path
from typing import Any

os.environ["TF_USE_LEGACY_KERAS"] = "1"
os.environ["INNERVOICE_MAGENTA"] = sys.argv[1]

import numpy as np
import tensorflow.compat.v1 as tf
from magenta.models.music_vae import configs

from innervoice.engine.brought import open_source
from innervoice.host.loading import load_plugins
from innervoice.plugin.testing import small_study
from innervoice_plugins.magenta_music.configurations import CONFIGURATIONS

SIZES: dict[str, dict[str, Any]] = {
    "cat-drums_2bar_small": {"z_size": 6, "enc_rnn_size": [12], "dec_rnn_size": [10, 10]},
    "flat-trio_16bar": {"z_size": 6, "enc_rnn_size": [8], "dec_rnn_size": [8, 8]},
    "groovae_2bar_humanize": {"z_size": 6, "enc_rnn_size": [12], "dec_rnn_size": [10, 10]},
}


def save(name: str, folder: Path) -> None:
    """Save random weights of a narrowed configuration."""
    config, rng = copy.deepcopy(configs.CONFIG_MAP[name]), np.random.default_rng(1)
    config.hparams.override_from_dict(SIZES[name])
    config.hparams.batch_size = 2
    converter = config.data_converter
    folder.mkdir(parents=True)
    with tf.Graph().as_default(), tf.Session() as session:
        config.model.build(config.hparams, converter.output_depth, is_training=False)
        config.model.sample(2, max_length=8, z=tf.zeros([2, SIZES[name]["z_size"]]), temperature=1.0)
        inputs = tf.zeros([2, 8, converter.input_depth])
        config.model.encode(inputs, tf.fill([2, *converter.length_shape], 8), tf.zeros([2, 8, converter.control_depth]))
        session.run(tf.global_variables_initializer())
        for variable in tf.trainable_variables():
            shape = variable.shape.as_list()
            variable.load((rng.standard_normal(shape) * 1.5 / np.sqrt(shape[0])).astype(np.float32), session)
        tf.train.Saver().save(session, str(folder / "model.ckpt-7"))
    (folder / "hparams.json").write_text(json.dumps(SIZES[name]), encoding="utf-8")


def told(name: str) -> dict[str, Any]:
    """What the plugin makes of a checkpoint."""
    configuration = CONFIGURATIONS[name]
    found = load_plugins()
    one = found.models["magenta-" + name.replace("_", "-")]
    one.thing.neurons = SIZES[name]["z_size"]
    model = open_source(one)
    z = np.random.default_rng(0).standard_normal((3, model.neurons)).astype(np.float32)
    words = model.decode(z)
    again = configuration.words(configuration.tensors(words))
    mu = model.encode(words).mu
    notes = [one._handle.notes(row) for one in [model] for row in words]
    analysis = found.analyses["magenta-music"].analysis
    runs = {}
    for show in ("samples", "neuron", "way"):
        parameters = analysis.Parameters(configuration=name, show=show, count=3, neuron=1)
        one_run, other = (analysis.run(small_study(seed=4), parameters) for _ in range(2))
        runs[show] = {"figures": len(one_run.figures), "same": one_run == other, "title": one_run.figures[0].title}
    return {
        "words": list(words.shape),
        "low": int(words.min()),
        "high": int(words.max()),
        "same": bool(np.array_equal(words, model.decode(z))),
        "back": bool(np.array_equal(again, words)),
        "mu": list(mu.shape),
        "notes": [len(line) for line in notes],
        "drums": bool(all(line["drum"].all() for line in notes)),
        "why_not_melodies": model.info.why_not_melodies,
        "runs": runs,
        "failures": [failure.error for failure in found.failures],
    }


def main() -> None:
    """Make the checkpoints, and print what came of each."""
    folder, answers = Path(sys.argv[1]), {}
    for name in sys.argv[2:]:
        save(name, folder / name)
        answers[name] = told(name)
    print(json.dumps(answers))


if __name__ == "__main__":
    main()
