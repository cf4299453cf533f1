"""The verb about training: which kinds there are, and what was begun before. The training has a process of its own."""

from pathlib import Path

from innervoice.engine.job import Answer, Job


def trainings(job: Job) -> Answer:
    """``trainings {folders?}``: the kinds with their settings, where models are kept, and what can be resumed.

    Earlier trainings are looked for where the user's models are kept, and in `folders`.
    """
    from innervoice.models.backend import BACKENDS
    from innervoice.models.catalogue import model_folders
    from innervoice.models.checkpoints.source import PLAIN_NAME
    from innervoice.training.earlier import earlier_trainings
    from innervoice.training.kinds import KINDS, described

    own = model_folders()[-1]
    places = [own, *(Path(one) for one in (job.texts("folders") if job.has("folders") else ()))]
    kinds = [described(kind) for kind in KINDS.values()]
    return {
        "kinds": kinds,
        "folder": str(own),
        "names": PLAIN_NAME.pattern,
        "backends": list(BACKENDS),
        "earlier": earlier_trainings(places),
    }, b""
