"""The numbers a MusicVAE of melodies is trained with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from innervoice.models.specs import MusicVAESpec
from innervoice.training.settings import Helps, Ranges, Settings


@dataclass(frozen=True)
class MelodySettings(Settings):
    """Defaults train ``innervoice-2bar``.

    Attributes
    ----------
    neurons, encoder, decoder : int
        Latent dimensions; units of the encoder (one direction); units of each of the decoder's two layers.
    conductor, segments : int
        Units of the conductor's two layers and number of segments it starts, one a bar; 0 and 1 for a flat decoder.
    encoder_segments : int
        Number of segments that are encoded on their own, one a bar, before a second encoder reads them; 1 for a flat
        encoder.
    beta, beta_steps : float, int
        Weight of the divergence, reached linearly after ``beta_steps`` steps.
    free_bits : float
        So many bits of divergence of a clip cost nothing (Magenta's ``free_bits``).
    price : float
        Of using a neuron: without it a small ``beta`` leaves a little of the music in every neuron.
    dense : int
        Numbers in a segment's embedding where a dense layer stands in the conductor's place; 0 for none.
    shortcut_steps, follow : int, float
        For so many steps, fewer and fewer segments reach the decoder straight from the encoder, and what comes through
        the latent vector is drawn after them with this weight: bars are learned before songs. Only where encoder and
        decoder have the same segments, and embeddings of twice the encoder's units; 0 for none.
    keep : int
        Where a training goes on from a model: turn its neurons to the principal axes of mu first, let so many go on
        and silence the others for good; 0 to leave them as they are.
    dropout : float
        Share of tokens hidden from the decoder, so that it must ask the latent vector.
    transpose : int
        Each clip is moved by up to so many semitones, drawn anew each time.
    mix : float
        Share of clips that go on from some beat as another clip does that is near in pitch there: what beats hold is
        learned apart from their songs.
    busy : float
        The power of how busy a clip is, its notes times its events off the eighths, by which it is drawn oftener.
    """

    ranges: ClassVar[Ranges] = Settings.ranges | {
        **dict.fromkeys(("neurons", "encoder", "decoder", "segments", "encoder_segments"), (1, 1 << 12)),
        **dict.fromkeys(("conductor", "dense"), (0, 1 << 12)),
        "beta_steps": (0, 10**9),
        "shortcut_steps": (0, 10**9),
        "keep": (0, 1 << 12),
        **dict.fromkeys(("beta", "free_bits", "price", "follow"), (0.0, 1e6)),
        **dict.fromkeys(("dropout", "mix"), (0.0, 1.0)),
        "busy": (0.0, 4.0),
        "transpose": (0, 87),
    }
    helps: ClassVar[Helps] = Settings.helps | {
        "neurons": "Latent dimensions.",
        "encoder": "Units of the encoder, in one direction.",
        "decoder": "Units of each of the decoder's two layers; 256 are quick enough for the sliders.",
        "conductor": "Units of the conductor that starts each segment; 0 for a flat decoder.",
        "segments": "Segments that the conductor starts, one a bar; 1 for a flat decoder.",
        "encoder_segments": "Segments that are encoded on their own before a second encoder reads them; 1 for none.",
        "dense": "Numbers in a segment's embedding, where a dense layer stands in the conductor's place; 0 for none.",
        "beta": "Weight of the divergence: more makes smoother neurons and worse copies.",
        "beta_steps": "Steps after which beta is reached.",
        "free_bits": "So many bits of divergence of a clip cost nothing.",
        "price": "Price of using a neuron: more leaves more of them as noise.",
        "shortcut_steps": "For so many steps bars are learned before songs; 0 for none.",
        "follow": "Weight of drawing the latent vector after the bars, while these are learned first.",
        "keep": "Of a model that is trained further, so many neurons go on, on their principal axes; 0 keeps all.",
        "dropout": "Share of tokens hidden from the decoder, so that it must ask the latent vector.",
        "transpose": "Each clip is moved by up to so many semitones, drawn anew each time.",
        "mix": "Share of clips that go on from some beat as another clip does that is near in pitch there.",
        "busy": "Clips of many notes and sixteenths are drawn oftener, by this power of their number; 0 for all alike.",
    }

    steps: int = 40_000
    rate: float = 1.5e-3
    neurons: int = 512
    encoder: int = 256
    decoder: int = 256
    conductor: int = 0
    segments: int = 1
    encoder_segments: int = 1
    dense: int = 0
    beta: float = 0.1
    beta_steps: int = 4_000
    free_bits: float = 0.0
    price: float = 0.1
    shortcut_steps: int = 0
    follow: float = 1.0
    keep: int = 0
    dropout: float = 0.25
    transpose: int = 5
    mix: float = 0.0
    busy: float = 0.0

    def spec(self, steps: int, classes: int) -> MusicVAESpec:
        """Sizes of the network for clips of ``steps`` tokens."""
        conductor = (self.conductor, self.conductor) if self.conductor else ()
        return MusicVAESpec(
            steps,
            classes,
            self.neurons,
            (self.encoder,),
            (self.decoder, self.decoder),
            conductor,
            self.segments,
            self.encoder_segments,
            self.dense,
        )
