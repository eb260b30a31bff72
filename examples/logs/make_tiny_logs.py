# SPDX-License-Identifier: Apache-2.0
"""Trains a tiny GPT-2-shaped model twice on the CPU and keeps the logs.

Writes, next to this file:
  tiny-trainer_state.json  state file of the Hugging Face Trainer, 60 steps
  tiny-nanogpt.log         console lines of a plain training loop in the manner of nanoGPT

Nothing is downloaded: the text is made up below, the tokens are its bytes, the weights start at random.

  python3 -m venv venv && venv/bin/pip install torch transformers accelerate
  venv/bin/python make_tiny_logs.py
"""

import contextlib
import random
import tempfile
import time
from pathlib import Path

import torch
from transformers import GPT2Config, GPT2LMHeadModel, Trainer, TrainingArguments

HERE = Path(__file__).resolve().parent
CONTEXT_TOKENS = 128
BATCH_SEQUENCES = 8
STEPS = 60
SEED = 20261120


def made_up_text(sentences: int) -> bytes:
    """Sentences out of a small grammar, so that there is something to learn and nothing to license."""
    pick = random.Random(SEED)
    who = ["the keeper", "a quiet boat", "our lamp", "the north wind", "an old clock", "the gardener"]
    does = ["watches", "carries", "repairs", "counts", "forgets", "follows"]
    what = ["seven stones", "the harbour", "every letter", "a blue door", "the last train", "two small rivers"]
    when = ["at noon", "before rain", "in winter", "without a sound", "once a year", "near the bridge"]
    return "".join(
        f"{pick.choice(who)} {pick.choice(does)} {pick.choice(what)} {pick.choice(when)}.\n"
        for _ in range(sentences)
    ).encode("ascii")


def tiny_model() -> GPT2LMHeadModel:
    """Two layers of width 64 over the 256 byte values."""
    torch.manual_seed(SEED)
    return GPT2LMHeadModel(
        GPT2Config(
            vocab_size=256, n_positions=CONTEXT_TOKENS, n_embd=64, n_layer=2, n_head=4,
            resid_pdrop=0.0, embd_pdrop=0.0, attn_pdrop=0.0, bos_token_id=10, eos_token_id=10,
        )
    )


class Sequences(torch.utils.data.Dataset):
    """The text cut into pieces of one context each."""

    def __init__(self, text: bytes):
        tokens = torch.frombuffer(bytearray(text), dtype=torch.uint8).long()
        self.pieces = tokens[: len(tokens) // CONTEXT_TOKENS * CONTEXT_TOKENS].view(-1, CONTEXT_TOKENS)

    def __len__(self) -> int:
        return len(self.pieces)

    def __getitem__(self, index: int) -> dict:
        return {"input_ids": self.pieces[index], "labels": self.pieces[index]}


def train_with_trainer(text: bytes) -> None:
    """60 steps with the Trainer; its state is saved as the Trainer itself writes it."""
    with tempfile.TemporaryDirectory() as scratch:
        trainer = Trainer(
            model=tiny_model(),
            train_dataset=Sequences(text),
            args=TrainingArguments(
                output_dir=scratch, max_steps=STEPS, per_device_train_batch_size=BATCH_SEQUENCES,
                logging_steps=5, save_strategy="no", report_to=[], learning_rate=2e-3, seed=SEED,
                include_num_input_tokens_seen=True, use_cpu=True, disable_tqdm=True,
            ),
        )
        trainer.train()
        trainer.state.save_to_json(str(HERE / "tiny-trainer_state.json"))


def measured_peak() -> float:
    """FLOP/s of this processor in a plain matrix product: what the utilisation below is a share of."""
    a, b = torch.rand(1024, 1024), torch.rand(1024, 1024)
    a @ b
    began = time.perf_counter()
    for _ in range(10):
        a @ b
    return 10 * 2 * 1024**3 / (time.perf_counter() - began)


def train_with_loop(text: bytes) -> None:
    """A loop of our own that prints the lines nanoGPT prints."""
    tokens = torch.frombuffer(bytearray(text), dtype=torch.uint8).long()
    split = len(tokens) * 9 // 10
    halves = {"train": tokens[:split], "val": tokens[split:]}
    print(f"tokens per iteration will be: {BATCH_SEQUENCES * CONTEXT_TOKENS:,}")
    model = tiny_model()
    parameters = sum(p.numel() for p in model.parameters())
    counted = parameters - model.transformer.wpe.weight.numel()
    print(f"number of parameters: {counted / 1e6:.2f}M")
    optimizer = torch.optim.AdamW(model.parameters(), lr=2e-3)
    peak = measured_peak()
    print(f"peak used for mfu: {peak:.3e} FLOP/s, measured on this processor")
    config = model.config
    per_token = 6 * counted + 12 * config.n_layer * config.n_embd * CONTEXT_TOKENS
    drawn = torch.Generator().manual_seed(SEED)

    def batch(name: str) -> torch.Tensor:
        data = halves[name]
        starts = torch.randint(len(data) - CONTEXT_TOKENS, (BATCH_SEQUENCES,), generator=drawn)
        return torch.stack([data[s : s + CONTEXT_TOKENS] for s in starts.tolist()])

    def mean_loss(name: str) -> float:
        with torch.no_grad():
            return sum(model(input_ids=(x := batch(name)), labels=x).loss.item() for _ in range(10)) / 10

    running = -1.0
    for step in range(STEPS + 1):
        if step % 20 == 0:
            print(f"step {step}: train loss {mean_loss('train'):.4f}, val loss {mean_loss('val'):.4f}")
        began = time.perf_counter()
        x = batch("train")
        loss = model(input_ids=x, labels=x).loss
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        seconds = time.perf_counter() - began
        if step >= 5:
            now = per_token * BATCH_SEQUENCES * CONTEXT_TOKENS / seconds / peak
            running = now if running < 0 else 0.9 * running + 0.1 * now
        print(f"iter {step}: loss {loss.item():.4f}, time {seconds * 1000:.2f}ms, mfu {running * 100:.2f}%")


def main() -> None:
    torch.set_num_threads(1)
    text = made_up_text(4000)
    train_with_trainer(text)
    with open(HERE / "tiny-nanogpt.log", "w", encoding="ascii") as log, contextlib.redirect_stdout(log):
        train_with_loop(text)


if __name__ == "__main__":
    main()
