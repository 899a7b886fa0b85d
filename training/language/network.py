"""The network in PyTorch: MiniLM with classifiers on top; ``conflict_kg.language`` runs the same without PyTorch."""

import math
from pathlib import Path

import torch
import torch.nn.functional as F  # noqa: N812  # the usual name
from safetensors.torch import load_file
from torch import Tensor, nn

from conflict_kg.language.pieces import CaseClass

WIDTH, LAYERS, ATTENTION_HEADS, INNER, POSITIONS, PIECES = 384, 6, 12, 1536, 512, 30522
"""The shape of all-MiniLM-L6-v2."""

SLOPE = 0.1
"""Of the leaky rectifiers before the biaffine products."""


class Locked(nn.Module):
    """Dropout of the same features throughout a window (Gal and Ghahramani 2016); on a CPU much the faster."""

    def __init__(self, share: float) -> None:
        super().__init__()
        self.share = share

    def forward(self, x: Tensor) -> Tensor:
        """``x`` is (windows, pieces, width)."""
        if not self.training:
            return x
        kept = torch.rand((x.shape[0], 1, x.shape[2]), device=x.device) >= self.share
        return x * (kept.to(x.dtype) / (1 - self.share))


class Layer(nn.Module):
    """One layer of BERT (Devlin et al. 2019): attention, then a feed-forward net, each with a residual."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.qkv, self.o = nn.Linear(WIDTH, 3 * WIDTH), nn.Linear(WIDTH, WIDTH)
        self.f1, self.f2 = nn.Linear(WIDTH, INNER), nn.Linear(INNER, WIDTH)
        self.n1, self.n2 = nn.LayerNorm(WIDTH, eps=1e-12), nn.LayerNorm(WIDTH, eps=1e-12)
        self.dropout = Locked(dropout)

    def forward(self, x: Tensor, hidden: Tensor) -> Tensor:
        """``hidden`` is added to the attention scores: minus infinity, nearly, at the padding."""
        rows, pieces, _ = x.shape
        q, k, v = self.qkv(x).view(rows, pieces, 3, ATTENTION_HEADS, -1).permute(2, 0, 3, 1, 4)
        attended = (
            F.scaled_dot_product_attention(q, k, v, attn_mask=hidden).transpose(1, 2).reshape(rows, pieces, WIDTH)
        )
        x = self.n1(x + self.dropout(self.o(attended)))
        return self.n2(x + self.dropout(self.f2(F.gelu(self.f1(x)))))


class Encoder(nn.Module):
    """MiniLM, with the way a word is written (``CaseClass``) in the place of BERT's token type."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.words, self.positions = nn.Embedding(PIECES, WIDTH), nn.Embedding(POSITIONS, WIDTH)
        self.cases = nn.Embedding(len(CaseClass), WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(LAYERS))
        self.dropout = nn.Dropout(dropout)

    def forward(self, ids: Tensor, cases: Tensor, mask: Tensor) -> Tensor:
        """Vectors for windows of pieces, all three of shape (windows, pieces)."""
        at = torch.arange(ids.shape[1], device=ids.device)
        x = self.dropout(self.norm(self.words(ids) + self.positions(at)[None] + self.cases(cases)))
        hidden = ((~mask).to(x.dtype) * -1e4)[:, None, None, :]
        for layer in self.layers:
            x = layer(x, hidden)
        return x

    def load_minilm(self, path: Path) -> None:
        """Start from the published weights (a safetensors file)."""
        stored = load_file(path)

        def put(target: nn.Module, *names: str) -> None:
            for kind, parameter in target.named_parameters(recurse=False):
                parameter.copy_(torch.cat([stored[f"{name}.{kind}"] for name in names]))

        with torch.no_grad():
            put(self.words, "embeddings.word_embeddings")
            put(self.positions, "embeddings.position_embeddings")
            put(self.norm, "embeddings.LayerNorm")
            self.cases.weight.copy_(stored["embeddings.token_type_embeddings.weight"][:1].expand(len(CaseClass), -1))
            for number, layer in enumerate(self.layers):
                prefix = f"encoder.layer.{number}."
                put(layer.qkv, *(f"{prefix}attention.self.{part}" for part in ("query", "key", "value")))
                put(layer.o, f"{prefix}attention.output.dense")
                put(layer.n1, f"{prefix}attention.output.LayerNorm")
                put(layer.f1, f"{prefix}intermediate.dense")
                put(layer.f2, f"{prefix}output.dense")
                put(layer.n2, f"{prefix}output.LayerNorm")


class Classifiers(nn.Module):
    """Linear ones for what a word is, biaffine ones for trees (Dozat and Manning 2017).

    Names and sentence starts are also read off what a word and its two neighbours show to each other: a convolution.
    """

    def __init__(self, sizes: dict[str, int], arcs: int, relations: int, beside: int, dropout: float) -> None:
        super().__init__()
        self.tags, self.pos = nn.Linear(WIDTH, sizes["tags"]), nn.Linear(WIDTH, sizes["pos"])
        self.features, self.starts = nn.Linear(WIDTH, sizes["features"]), nn.Linear(WIDTH, 2)
        self.names = nn.Linear(WIDTH, sizes["names"])
        self.beside = nn.Linear(WIDTH, 3 * beside)
        self.names_beside = nn.Linear(beside, sizes["names"], bias=False)
        self.starts_beside = nn.Linear(beside, 2, bias=False)
        for added in (self.names_beside, self.starts_beside):
            nn.init.zeros_(added.weight)
        self.arc_dependent, self.arc_head = nn.Linear(WIDTH, arcs), nn.Linear(WIDTH, arcs)
        self.label_dependent, self.label_head = nn.Linear(WIDTH, relations), nn.Linear(WIDTH, relations)
        self.arcs = nn.Parameter(torch.empty(arcs + 1, arcs))
        self.labels = nn.Parameter(torch.zeros(relations + 1, sizes["relations"], relations + 1))
        nn.init.orthogonal_(self.arcs)
        self.dropout, self.scale = dropout, 4 / math.sqrt(arcs)

    def _drop(self, x: Tensor, share: float) -> Tensor:
        return F.dropout(x, share, self.training)

    def _view(self, linear: nn.Linear, x: Tensor) -> Tensor:
        return self._drop(F.leaky_relu(linear(self._drop(x, 0.15)), SLOPE), self.dropout)

    def of_words(self, words: Tensor, place: Tensor) -> dict[str, Tensor]:
        """Scores for each word, (words, classes); ``place`` is each word's number in its window."""
        x = self._drop(words, 0.15)
        scores = {name: getattr(self, name)(x) for name in ("tags", "pos", "features", "starts", "names")}
        around = self._around(words, place)
        scores["names"] = scores["names"] + self.names_beside(around)
        scores["starts"] = scores["starts"] + self.starts_beside(around)
        return scores

    def _around(self, words: Tensor, place: Tensor) -> Tensor:
        """What a word sees of itself, and of the words before and after it in its window."""
        shown_on, own, shown_back = self.beside(self._drop(words, self.dropout)).chunk(3, 1)
        joined = (place > 0)[:, None].to(own.dtype)  # to the word before
        own = own + joined * shown_on.roll(1, 0)
        own = own + joined.roll(-1, 0) * shown_back.roll(-1, 0)
        return self._drop(F.leaky_relu(own, SLOPE), self.dropout)

    def of_arcs(self, dependents: Tensor, heads: Tensor) -> Tensor:
        """Scores (windows, words, heads), from (windows, words, width) and (windows, heads, width)."""
        d = _with_one(self._view(self.arc_dependent, dependents))
        return (d @ self.arcs) @ self._view(self.arc_head, heads).transpose(1, 2) * self.scale

    def of_labels(self, dependents: Tensor, heads: Tensor) -> Tensor:
        """Scores (words, relations) for words and their heads, both (words, width)."""
        d = _with_one(self._view(self.label_dependent, dependents))
        h = _with_one(self._view(self.label_head, heads))
        width, count, _ = self.labels.shape
        return ((d @ self.labels.reshape(width, -1)).view(-1, count, width) * h[:, None, :]).sum(-1)


class Network(nn.Module):
    """Encoder and classifiers."""

    def __init__(
        self, sizes: dict[str, int], *, arcs: int, relations: int, beside: int, dropout: float, head_dropout: float
    ) -> None:
        super().__init__()
        self.encoder = Encoder(dropout)
        self.classifiers = Classifiers(sizes, arcs, relations, beside, head_dropout)

    def read(self, ids: Tensor, cases: Tensor, mask: Tensor, first: Tensor, last: Tensor) -> tuple[Tensor, Tensor]:
        """A vector for each word, the mean of its first and last piece, and one for each window's root.

        ``first`` and ``last`` count pieces through all windows, padding included.
        """
        encoded = self.encoder(ids, cases, mask)
        flat = encoded.reshape(-1, WIDTH)
        return (flat[first] + flat[last]) * 0.5, encoded[:, 0]


def _with_one(x: Tensor) -> Tensor:
    return torch.cat([x, torch.ones_like(x[..., :1])], -1)
