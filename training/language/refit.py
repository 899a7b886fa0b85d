"""The classifiers trained further on what the 8-bit encoder makes of the corpora, the encoder left as it is.

Its vectors are taken once and kept on disk, so that this needs minutes where a training needs hours. ``adopt`` starts
from the model that the package ships, ``export`` leaves a new one.
"""

import hashlib
import random
import shutil
import time
from itertools import accumulate
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from conflict_kg.errors import InputError
from conflict_kg.language.encoder import Encoder
from conflict_kg.language.parser import COMPONENT, SHIPPED
from conflict_kg.language.pieces import read_vocabulary
from training.language.batches import Collator, Window
from training.language.evaluate import FOLDER
from training.language.export import FITTED, read_inventory, write_classifiers
from training.language.fit import INVENTORY, loss_of, make_network, set_rates
from training.language.network import Classifiers
from training.language.package import MADE
from training.language.plan import Plan
from training.language.prepare import prepared_file
from training.language.settings import Settings

Rows = npt.NDArray[np.float16]


def adopt(work: Path, shipped: Path = SHIPPED / COMPONENT) -> None:
    """Take the model that the package ships into ``work``, as if it had been trained and exported there."""
    (work / FOLDER).mkdir(exist_ok=True)
    for name in MADE:
        shutil.copyfile(shipped / name, work / FOLDER / name)
    shutil.copyfile(shipped / "labels.json", work / INVENTORY)
    shutil.copyfile(shipped / "heads.npz", work / FITTED)


def refit(settings: Settings, work: Path) -> None:
    """Train the classifiers of the model in ``work`` further, by the settings' table ``refit``.

    Starts from what ``export`` or ``adopt`` left, however often it is run. Raises ``InputError`` if they left nothing.
    """
    if not (work / FITTED).exists():
        raise InputError(f"{work / FITTED} is not there: export or adopt first")
    torch.set_num_threads(1)
    torch.manual_seed(settings.fit.seed)
    inventory = read_inventory(work)
    table = read_vocabulary(work / FOLDER / "vocab.txt")
    classifiers = make_network(settings, inventory).classifiers
    with np.load(work / FITTED) as stored:
        arrays = {name: torch.from_numpy(stored[name].astype(np.float32)) for name in stored.files}
    classifiers.load_state_dict(arrays)
    plan, collate = Plan(settings, work, table), Collator(inventory, table)
    readings = [_read(number, settings, work, plan, collate) for number in range(settings.refit.readings)]
    _train(classifiers, readings, settings, collate)
    write_classifiers(work / FOLDER / "heads.npz", classifiers.state_dict())


def _read(number: int, settings: Settings, work: Path, plan: Plan, collate: Collator) -> tuple[list[Window], Rows]:
    """One reading of the corpora: its windows, and a row for each one's root and then for each of its words."""
    rng = random.Random(f"{settings.fit.seed} reading {number}")
    windows = plan.windows(number, rng)
    digest = hashlib.sha256(repr((settings.fit.seed, settings.fit.repeats, settings.augment, number)).encode())
    for path in (work / FOLDER / "encoder.onnx", prepared_file(work)):
        digest.update(path.read_bytes())
    kept = work / f"vectors-{digest.hexdigest()[:16]}.npy"
    if not kept.exists():
        encoder, rows, begun = Encoder(work / FOLDER / "encoder.onnx"), [], time.monotonic()
        for window in windows:
            batch = collate([window], settings.augment.mask, rng)
            inputs = (part.numpy() for part in (batch.ids, batch.cases, batch.first, batch.last))
            rows.append(encoder.run(*inputs).astype(np.float16))
        np.save(work / "vectors.new.npy", np.concatenate(rows))
        (work / "vectors.new.npy").replace(kept)
        print(f"reading {number}: {len(windows)} windows, {time.monotonic() - begun:.0f} s", flush=True)
    return windows, np.load(kept, mmap_mode="r")


def _train(
    classifiers: Classifiers, readings: list[tuple[list[Window], Rows]], settings: Settings, collate: Collator
) -> None:
    """Passes over the readings in turn; the learning rates climb and fall as in ``fit``."""
    of = settings.refit
    added = [p for name, p in classifiers.named_parameters() if "beside" in name]
    others = [p for name, p in classifiers.named_parameters() if "beside" not in name]
    groups = [
        {"params": added, "lr": of.beside_rate, "top": of.beside_rate},
        {"params": others, "lr": of.rate, "top": of.rate},
    ]
    optimizer = torch.optim.AdamW(groups, betas=(0.9, 0.98), weight_decay=settings.fit.decay)
    counts = [-(-len(windows) // of.windows) for windows, _ in readings]
    total, step, begun = of.passes * sum(counts), 0, time.monotonic()
    classifiers.train()
    for number in range(of.passes):
        for windows, rows in readings:
            bounds = list(accumulate((1 + sum(len(s.words) for s in window) for window in windows), initial=0))
            order = list(range(len(windows)))
            random.Random(f"{settings.fit.seed} pass {step}").shuffle(order)
            summed = 0.0
            for at in range(0, len(order), of.windows):
                chosen = order[at : at + of.windows]
                set_rates(optimizer, step, total, settings.fit.warmup)
                batch = collate([windows[place] for place in chosen])
                words, roots = _vectors(rows, [bounds[place : place + 2] for place in chosen])
                loss = loss_of(classifiers, batch, words, roots, of.losses)
                loss.backward()
                torch.nn.utils.clip_grad_norm_(classifiers.parameters(), settings.fit.clip)
                optimizer.step()
                optimizer.zero_grad()
                summed, step = summed + float(loss.detach()), step + 1
            spent = time.monotonic() - begun
            print(
                f"pass {number} step {step}/{total} loss {summed * of.windows / len(order):.4f} {spent:.0f} s",
                flush=True,
            )


def _vectors(rows: Rows, bounds: list[list[int]]) -> tuple[Tensor, Tensor]:
    """The vectors of some windows' words, and those of their roots; ``bounds`` are those of each window's rows."""
    words = np.concatenate([rows[first + 1 : end] for first, end in bounds])
    roots = rows[[first for first, _ in bounds]]
    return torch.from_numpy(words.astype(np.float32)), torch.from_numpy(roots.astype(np.float32))
