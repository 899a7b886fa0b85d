"""The training loop: on a CPU in several processes of one thread each, which beats threads; on a GPU in one."""

import hashlib
import json
import math
import os
import random
import time
from dataclasses import asdict
from importlib.util import find_spec
from pathlib import Path

import torch
import torch.distributed as dist
import torch.nn.functional as F  # noqa: N812  # the usual name
from torch import Tensor

from conflict_kg.errors import InputError
from conflict_kg.language.pieces import read_vocabulary
from training.language.batches import Batch, Collator, Inventory, Window, take_inventory
from training.language.network import Classifiers, Network
from training.language.plan import Plan
from training.language.prepare import labelled_file, prepared_file, read_prepared
from training.language.settings import Settings

INVENTORY, CHECKPOINT, WEIGHTS = "inventory.json", "checkpoint.pt", "weights.pt"
MEETING, EXPERIMENT = "workers", "experiment.sha256"
SAVE_EVERY = 300
"""Seconds between checkpoints."""


def fit(settings: Settings, work: Path) -> None:
    """Train on what was prepared in ``work``, or go on from the checkpoint there; leaves ``WEIGHTS``.

    Raises ``InputError`` where the folder holds weights or a checkpoint of another experiment.
    """
    base_folder(settings)
    _claim(settings, work)
    if (work / WEIGHTS).exists():
        print(f"{work / WEIGHTS} is there already")
        return
    inventory = take_inventory([sentence for _, sentence in read_prepared(work, ["train"])])
    (work / INVENTORY).write_text(json.dumps(asdict(inventory), indent=1) + "\n", encoding="utf-8")
    workers = 1 if torch.cuda.is_available() else settings.fit.workers
    (work / MEETING).unlink(missing_ok=True)
    if workers == 1:
        _work(0, 1, settings, work, inventory)
    else:
        torch.multiprocessing.spawn(_work, (workers, settings, work, inventory), nprocs=workers)
    for name in (CHECKPOINT, MEETING):
        (work / name).unlink(missing_ok=True)


def _claim(settings: Settings, work: Path) -> None:
    """Note what is trained here, and on what, or see that it is the same as before."""
    digest = hashlib.sha256(repr(settings).encode())
    digest.update(prepared_file(work).read_bytes())
    if labelled_file(work).exists():
        digest.update(labelled_file(work).read_bytes())
    noted = work / EXPERIMENT
    trained = (work / WEIGHTS).exists() or (work / CHECKPOINT).exists()
    if trained and (not noted.exists() or noted.read_text(encoding="utf-8") != digest.hexdigest()):
        raise InputError(f"{work} holds a training with other settings or other sentences; name another --work")
    noted.write_text(digest.hexdigest(), encoding="utf-8")


def base_folder(settings: Settings) -> Path:
    """Where the starting weights lie; raises ``ModuleNotFoundError`` if their package is not installed."""
    found = find_spec(settings.base)
    if found is None or found.origin is None:
        raise ModuleNotFoundError(f"no package {settings.base}", name=settings.base)
    return Path(found.origin).parent / "model"


def make_network(settings: Settings, inventory: Inventory) -> Network:
    """A network of the right sizes, its weights by chance."""
    return Network(
        inventory.sizes(),
        arcs=settings.shape.arcs,
        relations=settings.shape.relations,
        beside=settings.shape.beside,
        dropout=settings.fit.dropout,
        head_dropout=settings.fit.head_dropout,
    )


def _work(rank: int, workers: int, settings: Settings, work: Path, inventory: Inventory) -> None:
    """One worker's part: every ``workers``-th batch, its gradients averaged with the others'."""
    fit, device = settings.fit, torch.device("cuda" if torch.cuda.is_available() else "cpu")
    torch.set_num_threads(1)
    if workers > 1:
        os.environ["GLOO_SOCKET_IFNAME"] = "lo"
        meeting = f"file://{(work / MEETING).resolve()}"
        dist.init_process_group("gloo", init_method=meeting, rank=rank, world_size=workers)
    torch.manual_seed(fit.seed)
    table = read_vocabulary(base_folder(settings) / "vocab.txt")
    plan, collate = Plan(settings, work, table), Collator(inventory, table)
    network = _start_network(settings, inventory, device)
    optimizer, trained = _make_optimizer(network, settings)
    per_epoch = len(plan.epoch(0)) // fit.workers
    total = per_epoch * fit.epochs
    step = _resume(work, network, optimizer, device)
    saved, clock = time.monotonic(), _Clock(rank, workers)
    batches: list[list[Window]] = []
    for step in range(step, total):  # noqa: B020  # goes on from where it was
        epoch, at = divmod(step, per_epoch)
        if at == 0 or not batches:
            batches = plan.epoch(epoch)
        # Seeded by the step, so that a training that was interrupted ends like one that was not.
        rng = random.Random(f"{fit.seed} {step} {rank}")
        torch.manual_seed(rng.getrandbits(62))
        set_rates(optimizer, step, total, fit.warmup)
        # Epochs differ by some batches; all take as many steps as the first.
        begin = at * fit.workers % len(batches)
        own = batches[begin : begin + fit.workers][rank::workers]
        for windows in own:
            batch = collate(windows, settings.augment.mask, rng).to(device)
            with torch.autocast(device.type, torch.bfloat16, enabled=device.type == "cuda"):
                words, roots = network.read(batch.ids, batch.cases, batch.mask, batch.first, batch.last)
                loss = loss_of(network.classifiers, batch, words, roots, fit.losses)
            (loss / len(own)).backward()
            clock.count(int(batch.mask.sum()), float(loss.detach()))
        _share_gradients(trained, workers)
        torch.nn.utils.clip_grad_norm_(trained, fit.clip)
        optimizer.step()
        optimizer.zero_grad()
        clock.tell(epoch, step + 1, total)
        if rank == 0 and time.monotonic() - saved >= SAVE_EVERY:
            saved = time.monotonic()
            _save(work, network, optimizer, step + 1)
    if rank == 0:
        torch.save(network.state_dict(), work / f"{WEIGHTS}.new")
        (work / f"{WEIGHTS}.new").replace(work / WEIGHTS)
    if workers > 1:
        dist.destroy_process_group()


def _start_network(settings: Settings, inventory: Inventory, device: torch.device) -> Network:
    """The published encoder under new classifiers; its embeddings of places stay as they are, those of pieces may."""
    network = make_network(settings, inventory)
    network.encoder.load_minilm(base_folder(settings) / "model.safetensors")
    network.encoder.words.weight.requires_grad = settings.fit.words
    network.encoder.positions.weight.requires_grad = False
    return network.to(device).train()


class _Clock:
    """Tells every hundred steps how fast and how well it goes."""

    def __init__(self, rank: int, workers: int) -> None:
        self._tells, self._workers = rank == 0, workers
        self._began, self._seen, self._loss = time.monotonic(), 0, math.nan

    def count(self, pieces: int, loss: float) -> None:
        self._seen += pieces
        self._loss = loss if math.isnan(self._loss) else self._loss + 0.02 * (loss - self._loss)

    def tell(self, epoch: int, step: int, total: int) -> None:
        if self._tells and step % 100 == 0:
            spent = time.monotonic() - self._began
            rate = self._seen * self._workers / spent
            print(
                f"epoch {epoch} step {step}/{total} loss {self._loss:.3f} pieces/s {rate:.0f} {spent:.0f} s", flush=True
            )


def _make_optimizer(network: Network, settings: Settings) -> tuple[torch.optim.Optimizer, list[Tensor]]:
    fit = settings.fit
    cases = [network.encoder.cases.weight]
    encoder = [p for p in network.encoder.parameters() if p.requires_grad and p is not cases[0]]
    heads = [*network.classifiers.parameters(), *cases]
    groups = [
        {"params": encoder, "lr": fit.encoder_rate, "top": fit.encoder_rate},
        {"params": heads, "lr": fit.head_rate, "top": fit.head_rate},
    ]
    return torch.optim.AdamW(groups, betas=(0.9, 0.98), weight_decay=fit.decay, fused=True), [*encoder, *heads]


def set_rates(optimizer: torch.optim.Optimizer, step: int, total: int, warmup: float) -> None:
    """Each group's rate climbs to its "top" during the share ``warmup`` of all steps, and then falls in a line."""
    done = step / total
    share = done / warmup if done < warmup else (1 - done) / (1 - warmup)
    for each in optimizer.param_groups:
        each["lr"] = each["top"] * max(share, 1e-4)


def _share_gradients(trained: list[Tensor], workers: int) -> None:
    """Put the workers' mean gradient in the place of each one's own."""
    if workers == 1:
        return
    flat = torch.cat([(p.grad if p.grad is not None else torch.zeros_like(p)).reshape(-1) for p in trained])
    dist.all_reduce(flat)
    flat /= workers
    at = 0
    for parameter in trained:
        parameter.grad = flat[at : at + parameter.numel()].view_as(parameter)
        at += parameter.numel()


def loss_of(classifiers: Classifiers, batch: Batch, words: Tensor, roots: Tensor, weights: dict[str, float]) -> Tensor:
    """What the classifiers have yet to learn of a batch, given the vectors of its words and its windows' roots."""
    scores = classifiers.of_words(words, batch.place)
    plain = (name for name in ("tags", "pos", "features", "starts") if weights[name])
    parts = {name: _cross_entropy(scores[name], getattr(batch, name)) for name in plain}
    if weights["names"]:
        parts["names"] = _open_loss(scores["names"].float(), batch.allowed)
    known = batch.heads >= 0
    if bool(known.any()) and (weights["arcs"] or weights["relations"]):
        arcs, heads = arc_scores(classifiers, batch, words, roots)
        parts["arcs"] = _cross_entropy(arcs, batch.heads)
        of_heads = heads[batch.window[known], batch.heads[known]]
        labels = classifiers.of_labels(words[known], of_heads)
        parts["relations"] = _cross_entropy(labels, batch.relations[known])
    return torch.stack([weights[name] * part for name, part in parts.items()]).sum()


def arc_scores(classifiers: Classifiers, batch: Batch, words: Tensor, roots: Tensor) -> tuple[Tensor, Tensor]:
    """Scores (words, heads) of every word's possible heads, and the vectors (windows, heads, width) of the heads.

    Head 0 is the root; words of other sentences, and the word itself, are out of reach.
    """
    count, widest = len(roots), int(batch.place.max()) + 1
    laid_out = words.new_zeros(count, widest, words.shape[-1])
    laid_out[batch.window, batch.place] = words
    sentence = torch.full((count, widest), -1, device=words.device)
    sentence[batch.window, batch.place] = batch.sentence
    heads = torch.cat([roots[:, None], laid_out], 1)
    reach = sentence[:, :, None] == sentence[:, None, :]
    reach &= ~torch.eye(widest, dtype=torch.bool, device=words.device)
    reach = torch.cat([torch.ones_like(reach[:, :, :1]), reach], 2)
    scores = classifiers.of_arcs(laid_out, heads).float().masked_fill(~reach, -1e4)
    return scores[batch.window, batch.place], heads


def _cross_entropy(scores: Tensor, classes: Tensor) -> Tensor:
    if not bool((classes >= 0).any()):
        return scores.new_zeros(())
    return F.cross_entropy(scores.float(), classes, ignore_index=-100)


def _open_loss(scores: Tensor, allowed: Tensor) -> Tensor:
    """Minus the log of the probability that all allowed classes have together, over the words that rule any out."""
    known = ~allowed.all(1)
    if not bool(known.any()):
        return scores.new_zeros(())
    inside = scores[known].masked_fill(~allowed[known], -torch.inf).logsumexp(1)
    return (scores[known].logsumexp(1) - inside).mean()


def _save(work: Path, network: Network, optimizer: torch.optim.Optimizer, step: int) -> None:
    fresh = work / f"{CHECKPOINT}.new"
    torch.save({"network": network.state_dict(), "optimizer": optimizer.state_dict(), "step": step}, fresh)
    fresh.replace(work / CHECKPOINT)


def _resume(work: Path, network: Network, optimizer: torch.optim.Optimizer, device: torch.device) -> int:
    """Go on from a checkpoint, if there is one; returns the number of steps done."""
    if not (work / CHECKPOINT).exists():
        return 0
    stored = torch.load(work / CHECKPOINT, map_location=device, weights_only=True)
    network.load_state_dict(stored["network"])
    optimizer.load_state_dict(stored["optimizer"])
    print(f"going on from step {stored['step']}")
    return int(stored["step"])
