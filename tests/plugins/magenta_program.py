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

import innervoice_plugins.magenta_music as plugin
from innervoice.engine.brought import open_source
from innervoice.host.loading import load_plugins
from innervoice.music.writing import write_midi
from innervoice.plugin import notes_at_tempo
from innervoice.plugin.testing import ConformanceError, conformance, small_study
from innervoice_plugins.magenta_music.configurations import CONFIGURATIONS

SIZES: dict[str, dict[str, Any]] = {
    "cat-drums_2bar_small": {"z_size": 6, "enc_rnn_size": [12], "dec_rnn_size": [10, 10]},
    "flat-trio_16bar": {"z_size": 6, "enc_rnn_size": [8], "dec_rnn_size": [8, 8]},
    "groovae_2bar_humanize": {"z_size": 6, "enc_rnn_size": [12], "dec_rnn_size": [10, 10]},
}

NOTES = 192


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
    model = open_source(one)
    z = np.random.default_rng(0).standard_normal((3, model.neurons)).astype(np.float32)
    words = model.decode(z)
    again = configuration.words(configuration.tensors(words))
    mu = model.encode(words).mu
    notes = [model.notes(row) for row in words]
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
        "voices": [sorted(set(line["instrument"].tolist())) for line in notes],
        "there_and_back": there_and_back(name, model),
        "runs": runs,
        "failures": [failure.error for failure in found.failures],
    }


def there_and_back(name: str, model: Any) -> dict[str, Any]:
    """What the model reads of a MIDI file with a kit, a bass and a melody in eighths, 24 bars of it."""
    beats = np.arange(NOTES) / 2
    parts = []
    for instrument, (program, pitch, drum) in enumerate([(0, 72, False), (33, 40, False), (0, 36, True)]):
        part = notes_at_tempo(beats, beats + 0.4, pitch + np.arange(NOTES) % 4 * (not drum))
        part["instrument"], part["program"], part["drum"] = instrument, program, drum
        parts.append(part)
    path = Path(sys.argv[1]) / "band.mid"
    write_midi(np.concatenate(parts if "trio" in name else parts[2:]), path)
    clips = model.clips(path)
    heard = model.notes(clips[0])
    posterior = model.encode(clips)
    return {
        "clips": len(clips),
        "pitches": {
            int(voice): sorted(set(heard["pitch"][heard["instrument"] == voice].tolist())) for voice in range(3)
        },
        "finite": bool(np.isfinite(posterior.mu).all() and (posterior.sigma > 0).all()),
    }


def faults() -> list[str]:
    """What the suite for plugins finds."""
    found = []
    for check in conformance(plugin):
        try:
            check()
        except ConformanceError as error:
            found.append(f"{check}: {error}")
    return found


def main() -> None:
    """Make the checkpoints, and print what came of each."""
    folder, answers = Path(sys.argv[1]), {}
    for name in sys.argv[2:]:
        save(name, folder / name)
        answers[name] = told(name)
    print(json.dumps(answers | {"faults": faults()}))


if __name__ == "__main__":
    main()
