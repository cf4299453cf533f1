"""What Magenta itself computes, for the tests and the bench: run as a program, it writes checkpoints and answers.

``python magenta_reference.py OUT`` makes, for each configuration, ``OUT/NAME/model.ckpt-7`` with random weights and
``OUT/NAME.npz`` with tokens, z, mu, sigma, logits and greedily decoded tokens, all by Magenta's own classes.
It runs in a process of its own: Magenta needs Keras 2 (``TF_USE_LEGACY_KERAS=1``) and graph mode.
"""

from __future__ import annotations

import copy
import sys
from pathlib import Path
from typing import Any

import numpy as np
import tensorflow.compat.v1 as tf
from magenta.models.music_vae import configs
from magenta.models.music_vae.trained_model import TrainedModel

NARROWED: dict[str, dict[str, Any]] = {
    "cat-mel_2bar_small": {"z_size": 10, "enc_rnn_size": [24], "dec_rnn_size": [20, 20]},
    "cat-mel_2bar_big": {"z_size": 12, "enc_rnn_size": [28], "dec_rnn_size": [24, 16, 20]},
    "flat-mel_16bar": {"z_size": 8, "enc_rnn_size": [16, 12], "dec_rnn_size": [14, 12, 16]},
    "hierdec-mel_16bar": {"z_size": 9, "enc_rnn_size": [20, 14], "dec_rnn_size": [18, 12]},
    "hier-mel_16bar": {"z_size": 9, "enc_rnn_size": [20, 14], "dec_rnn_size": [18, 12]},
}
CLIPS = 3
CLASSES = 90


def narrowed(name: str, sizes: dict[str, Any], batch: int) -> Any:
    """One of Magenta's configurations with other layer sizes, set to teacher forcing; good for one graph."""
    config = copy.deepcopy(configs.CONFIG_MAP[name])
    if name == "hier-mel_16bar":
        # Its encoder goes bar by bar; its decoder, which hears itself, is not one of ours, so it gets hierdec's.
        decoder = copy.deepcopy(configs.CONFIG_MAP["hierdec-mel_16bar"].model.decoder)
        config = config._replace(model=type(config.model)(config.model.encoder, decoder))
    config.hparams.override_from_dict(sizes)
    config.hparams.batch_size = batch
    # With Magenta's own schedule an evaluation feeds samples back; logits then hang on chance.
    config.hparams.sampling_schedule = "constant"
    config.hparams.sampling_rate = 0.0
    config.data_converter.set_mode("infer")
    return config


def save_random(config: Any, prefix: Path, seed: int) -> None:
    """Save random weights, wide enough that no two logits tie, beside what training leaves in a checkpoint."""
    rng = np.random.default_rng(seed)
    prefix.parent.mkdir(parents=True)
    with tf.Graph().as_default(), tf.Session() as session:
        forced_logits(config, np.zeros((config.hparams.batch_size, config.hparams.max_seq_len), int))
        steps = np.zeros((config.hparams.batch_size, config.hparams.max_seq_len, CLASSES), np.float32)
        config.model.encode(tf.constant(steps), tf.fill([len(steps)], config.hparams.max_seq_len))
        variables = [v for v in tf.global_variables() if v.dtype.base_dtype == tf.float32]
        session.run(tf.global_variables_initializer())
        for variable in variables:
            shape = variable.shape.as_list()
            scale = 4.0 / np.sqrt(shape[0]) if len(shape) == 2 else 0.2
            variable.load((rng.standard_normal(shape) * scale).astype(np.float32), session)
        slots = [tf.Variable(tf.zeros([2]), name=f"{variables[0].op.name}/Adam"), tf.Variable(0.9, name="beta1_power")]
        session.run(tf.variables_initializer(slots))
        tf.train.Saver(tf.global_variables()).save(session, str(prefix), global_step=7)


def forced_logits(config: Any, tokens: np.ndarray[Any, Any], z: Any = None) -> Any:
    """Graph of the logits, each step fed with the true token before it."""
    config.model.build(config.hparams, CLASSES, is_training=False)
    one_hot = tf.one_hot(tokens, CLASSES)
    before = tf.pad(one_hot[:, :-1], [(0, 0), (1, 0), (0, 0)])
    latents = tf.zeros([len(tokens), config.hparams.z_size]) if z is None else tf.constant(z)
    lengths = tf.fill([len(tokens)], tokens.shape[1])
    return config.model.decoder.reconstruction_loss(before, one_hot, lengths, latents)[2].rnn_output


def answers(name: str, prefix: Path, seed: int) -> dict[str, Any]:
    """Everything that Magenta says of random clips and latents."""
    rng = np.random.default_rng(seed)
    config = narrowed(name, NARROWED[name], CLIPS)
    steps = config.hparams.max_seq_len
    tokens = rng.integers(0, CLASSES, (CLIPS, steps))
    z = rng.standard_normal((CLIPS, config.hparams.z_size)).astype(np.float32)
    with tf.Graph().as_default(), tf.Session() as session:
        logits = forced_logits(config, tokens, z)
        tf.train.Saver(tf.global_variables()).restore(session, str(prefix))
        forced = session.run(logits)
    model = TrainedModel(narrowed(name, NARROWED[name], CLIPS), CLIPS, str(prefix))
    _, mu, sigma = model.encode_tensors(list(np.eye(CLASSES)[tokens]), [steps] * CLIPS)
    # As cold as float32 bears: what is drawn is then the likeliest.
    greedy = np.argmax(model.decode_to_tensors(z, length=steps, temperature=1e-6), axis=-1)
    return {"tokens": tokens, "z": z, "mu": mu, "sigma": sigma, "logits": forced, "greedy": greedy}


def main(out: Path) -> None:
    """Write all configurations below a folder."""
    for number, (name, sizes) in enumerate(NARROWED.items()):
        save_random(narrowed(name, sizes, CLIPS), out / name / "model.ckpt", seed=number)
        np.savez(out / f"{name}.npz", **answers(name, out / name / "model.ckpt-7", seed=100 + number))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
