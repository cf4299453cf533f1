"""Framework-free numerics that the analyses share: arrays in, arrays out."""
