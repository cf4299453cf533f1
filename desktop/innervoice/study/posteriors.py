"""What the encoders say of the clips: one row for a clip and a model, mu and sigma in one blob."""

import json

import numpy as np
from numpy.typing import ArrayLike, NDArray

from innervoice.statistics.posterior import Posterior
from innervoice.study.clips import RANGE, rows_by_id
from innervoice.study.database import Database
from innervoice.study.errors import StudyError


def unencoded(database: Database, model_sha: str, width: int) -> NDArray[np.int64]:
    """Ids of the clips of so many numbers each for which this model has no posterior yet, increasing."""
    found = database.rows(
        "SELECT id FROM clip WHERE steps = ? AND id NOT IN (SELECT clip_id FROM posterior"
        " WHERE model_id = (SELECT id FROM model WHERE sha256 = ?)) ORDER BY id",
        (width, model_sha),
    )
    return np.array([row[0] for row in found], np.int64)


def encoded(database: Database, model_sha: str) -> NDArray[np.int64]:
    """Ids of the clips that this model has encoded, increasing."""
    model = database.one("SELECT id FROM model WHERE sha256 = ?", (model_sha,))
    return np.zeros(0, np.int64) if model is None else _encoded(database, model[0])


def waiting(database: Database, model_sha: str, ids: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int16]]:
    """Those of at most RANGE clips of one length that are still there and not yet encoded, and their tokens."""
    found = database.rows(
        "SELECT id, tokens FROM clip WHERE id IN (SELECT value FROM json_each(?1)) AND id NOT IN (SELECT clip_id"
        " FROM posterior WHERE model_id = (SELECT id FROM model WHERE sha256 = ?2)"
        " AND clip_id IN (SELECT value FROM json_each(?1))) ORDER BY id",
        (json.dumps(ids[:RANGE].tolist()), model_sha),
    )
    tokens = [np.frombuffer(row[1], "<i2") for row in found]
    return np.array([row[0] for row in found], np.int64), np.array(tokens, np.int16)


def put_posteriors(
    database: Database, model_sha: str, model_name: str, ids: ArrayLike, mu: ArrayLike, sigma: ArrayLike
) -> None:
    """Store the posteriors of a batch of clips in one transaction; clips removed meanwhile are passed over.

    Parameters
    ----------
    ids : array_like of int, [n]
    mu, sigma : array_like of float, [n, neurons]

    Raises
    ------
    StudyError
        When the shapes do not agree with each other or with what the study holds of this model.
    """
    wanted = np.asarray(ids, np.int64)
    mean, deviation = np.asarray(mu, "<f4"), np.asarray(sigma, "<f4")
    if mean.ndim != 2 or mean.shape != deviation.shape or len(wanted) != len(mean):
        raise StudyError(f"The posteriors of {model_name} have shapes that do not agree.")
    both = np.concatenate([mean, deviation], axis=1)
    with database.transaction():
        model_id = model_row(database, model_sha, model_name, mean.shape[1])
        database.execute_many(
            "INSERT OR REPLACE INTO posterior (model_id, clip_id, neurons, dtype, mu_sigma)"
            " SELECT ?, id, ?, '<f4', ? FROM clip WHERE id = ?",
            [(model_id, mean.shape[1], both[i].tobytes(), int(wanted[i])) for i in range(len(wanted))],
        )


def posteriors(database: Database, model_sha: str, ids: ArrayLike | None) -> tuple[NDArray[np.int64], Posterior]:
    """The posteriors that are there.

    Parameters
    ----------
    ids : array_like of int, [n], or None
        The clips that are wanted (each once), None for all.

    Returns
    -------
    ids : ndarray of int64, [m]
        Those of the wanted clips that have been encoded, in the given order.
    posterior : Posterior
        float32 [m, neurons].
    """
    model = database.one("SELECT id, neurons FROM model WHERE sha256 = ?", (model_sha,))
    if model is None or model[1] is None:
        return np.zeros(0, np.int64), _empty(0, 0)
    model_id, neurons = model
    have = _encoded(database, model_id)
    if ids is None:
        wanted = have
    else:
        asked = np.asarray(ids, np.int64).reshape(-1)
        wanted = asked[np.isin(asked, have)]
    result = _empty(len(wanted), neurons)
    select = (
        "SELECT clip_id, mu_sigma FROM posterior WHERE model_id = ? AND clip_id IN (SELECT value FROM json_each(?))"
    )
    for start, found in rows_by_id(database, select, wanted, (model_id,)):
        for place, clip_id in enumerate(wanted[start : start + RANGE].tolist(), start):
            if clip_id not in found or len(found[clip_id][1]) != 8 * neurons:
                raise database.damaged(f"posterior of clip {clip_id}")
            row = np.frombuffer(found[clip_id][1], "<f4")
            result.mu[place], result.sigma[place] = row[:neurons], row[neurons:]
    return wanted, result


def model_row(database: Database, model_sha: str, model_name: str, neurons: int | None) -> int:
    """The id of a model, added at its first use; the caller holds the transaction."""
    row = database.one("SELECT id, neurons FROM model WHERE sha256 = ?", (model_sha,))
    if row is None:
        added = database.execute(
            "INSERT INTO model (sha256, name, neurons) VALUES (?, ?, ?)", (model_sha, model_name, neurons)
        )
        assert added.lastrowid is not None  # an INSERT of one row always has one
        return added.lastrowid
    if neurons is not None and row[1] is None:
        database.execute("UPDATE model SET neurons = ?, name = ? WHERE id = ?", (neurons, model_name, row[0]))
    elif neurons is not None and row[1] != neurons:
        raise StudyError(f"{database.path.name} knows {model_name} with {row[1]} neurons, not {neurons}.")
    return int(row[0])


def _encoded(database: Database, model_id: int) -> NDArray[np.int64]:
    found = database.rows("SELECT clip_id FROM posterior WHERE model_id = ? ORDER BY clip_id", (model_id,))
    return np.array([row[0] for row in found], np.int64)


def _empty(clips: int, neurons: int) -> Posterior:
    return Posterior(np.zeros((clips, neurons), np.float32), np.zeros((clips, neurons), np.float32))
