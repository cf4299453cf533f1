"""The engine process: ``python -m innervoice.engine --fd N``, started by the client, not by people."""

import argparse

from innervoice.engine.service import Engine
from innervoice.engine.serving import serve


def main() -> None:
    """Read the command line and serve."""
    parser = argparse.ArgumentParser(prog="innervoice.engine", description=__doc__)
    parser.add_argument("--fd", type=int, required=True, help="descriptor of the socket to the window")
    parser.add_argument("--backend", default=None, help="tensorflow or jax")
    options = parser.parse_args()
    serve(options.fd, Engine(options.backend))


if __name__ == "__main__":
    main()
