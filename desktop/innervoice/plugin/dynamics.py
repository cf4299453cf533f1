"""For authors: sequences of frames heard by an oracle, and latents sent at a limited rate."""

from innervoice.statistics.factor_oracle import Oracle, build_oracle
from innervoice.statistics.frame_distances import (
    cosine_distances,
    divergences,
    euclidean_distances,
    self_similarity,
    tonal_centroids,
    tonnetz_distances,
)
from innervoice.statistics.information_rate import (
    PUBLISHED_THRESHOLDS,
    ThresholdSweep,
    codewords,
    information_rate,
    sweep_thresholds,
)
from innervoice.statistics.motifs import Motif, find_motifs
from innervoice.statistics.neural_information import FEWEST, NeuralInformation, neural_information
from innervoice.statistics.noisy_channel import through_channel, through_published_channel
from innervoice.statistics.oracle_walk import Walk, walk_oracle
from innervoice.statistics.rate_distortion import cell_cross_entropy, encoding_rate, token_cross_entropy
from innervoice.statistics.water_filling import MOST_BITS, Water, allocate_bits, distortion_of, fill_water

__all__ = [
    "FEWEST",
    "MOST_BITS",
    "PUBLISHED_THRESHOLDS",
    "Motif",
    "NeuralInformation",
    "Oracle",
    "ThresholdSweep",
    "Walk",
    "Water",
    "allocate_bits",
    "build_oracle",
    "cell_cross_entropy",
    "codewords",
    "cosine_distances",
    "distortion_of",
    "divergences",
    "encoding_rate",
    "euclidean_distances",
    "fill_water",
    "find_motifs",
    "information_rate",
    "neural_information",
    "self_similarity",
    "sweep_thresholds",
    "through_channel",
    "through_published_channel",
    "token_cross_entropy",
    "tonal_centroids",
    "tonnetz_distances",
    "walk_oracle",
]
