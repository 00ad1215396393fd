#!/usr/bin/env python3
"""Holds the requests of every provider to the types that the vendors' own SDKs give them.

The bodies are those of `src/ai/providers/fixtures` and `src/ai/batches/fixtures`, which docgen's tests hold to what it
sends; the schema in them is replaced by one that docgen asks answers in. What the fixtures of batches have a provider say
is held to the SDKs' types, too. `Iterable` fields are checked lazily by pydantic: they are walked here.
"""

import functools
import json
import pathlib
import sys
import typing

import anthropic.types
import pydantic
from anthropic.types import messages
from google.genai import types as gemini
from openai import types as openai_types
from openai.types import batch_create_params
from openai.types.chat import completion_create_params

ROOT = pathlib.Path(__file__).resolve().parents[2]
FIXTURES = ROOT / "src/ai/providers/fixtures"
BATCHES = ROOT / "src/ai/batches/fixtures"
ENTRY = {
    "type": "object",
    "properties": {"name": {"type": "string", "enum": ["a", "b"]}, "description": {"type": "string"}},
    "required": ["name", "description"],
    "additionalProperties": False,
}
SLOT = {
    "type": "object",
    "properties": {"summary": {"type": "string"}, "args": {"type": "array", "items": ENTRY}},
    "required": ["summary", "args"],
    "additionalProperties": False,
}
SCHEMA = {"type": "object", "properties": {"s1": SLOT}, "required": ["s1"], "additionalProperties": False}
passed = failed = 0


def judge(what, check):
    global passed, failed
    try:
        check()
        passed += 1
    except Exception as error:  # whatever the SDK complains of
        failed += 1
        print(f"FAILED: {what}: {str(error)[:1500]}")


def with_schema(value):
    """The value with the real schema in place of the fixtures' short one."""
    if value == {"type": "object"}:
        return SCHEMA
    if isinstance(value, dict):
        return {key: with_schema(it) for key, it in value.items()}
    return [with_schema(it) for it in value] if isinstance(value, list) else value


def walked(value):
    """Reads lazy iterators to their ends."""
    if isinstance(value, dict):
        return {key: walked(it) for key, it in value.items()}
    if isinstance(value, (str, bytes, int, float, type(None))):
        return value
    return [walked(it) for it in value] if hasattr(value, "__iter__") else value


def typed(kind, body, known):
    """Holds a body to a TypedDict: no key that it does not have, every value of its type."""
    odd = set(body) - set(known)
    assert not odd, f"unknown keys {odd}"
    walked(adapter(kind).validate_python(body))


@functools.cache
def adapter(kind):
    """Kept: lazy iterators need it to the end."""
    return pydantic.TypeAdapter(kind)


def keys(kind):
    return set(typing.get_type_hints(kind))


def openai(body):
    kind = completion_create_params.CompletionCreateParamsNonStreaming
    typed(kind, body, keys(kind))


def claude(body):
    kind = anthropic.types.message_create_params.MessageCreateParamsNonStreaming
    typed(kind, body, keys(kind))


def google(body):
    """The SDK's own models, which refuse what they do not know."""
    body = dict(body)
    generation = dict(body.pop("generationConfig"))
    gemini.Content.model_validate(body["systemInstruction"])
    for content in body["contents"]:
        gemini.Content.model_validate(content)
    generation["systemInstruction"] = body.pop("systemInstruction")
    body.pop("contents")
    generation |= body
    gemini.GenerateContentConfig.model_validate(generation)


def openai_batch(fixture):
    """The file's line, the job and what is said of it, as OpenAI's SDK knows them."""
    item = with_schema(fixture["item"])
    assert set(item) == {"custom_id", "method", "url", "body"} and item["method"] == "POST", item
    openai(item["body"])
    create = fixture["create"]["load"]["json"]
    if fixture["account"]["kind"] == "openai":
        # Azure's own word for the endpoint has no version in it.
        typed(batch_create_params.BatchCreateParams, create, keys(batch_create_params.BatchCreateParams))
        assert item["url"] == create["endpoint"]
    for case in fixture["jobs"]:
        if "job" in case:
            strictly(openai_types.Batch, case["body"])


def claude_batch(fixture):
    """The request, the job and its results, as Anthropic's SDK knows them."""
    item = with_schema(fixture["item"])
    typed(messages.batch_create_params.Request, item, keys(messages.batch_create_params.Request))
    claude(item["params"])
    for case in fixture["jobs"]:
        if "job" in case:
            strictly(messages.MessageBatch, case["body"])
    results = [it for it in fixture["outcomes"] if it["outcome"] and it["what"] != "an answer"]
    assert len(results) == 3
    for case in results:
        strictly(messages.MessageBatchIndividualResponse, case["line"])


def strictly(kind, value):
    """Holds what a provider says to a model of its SDK."""
    adapter(kind).validate_python(value)


def main():
    for name, check in {"openai": openai_batch, "azure": openai_batch, "azure_v1": openai_batch, "anthropic": claude_batch}.items():
        fixture = json.loads((BATCHES / f"{name}.json").read_text())
        judge(f"{name} batch", lambda: check(fixture))
        nonsense = {"custom_id": 3, "method": "GET", "params": {"messages": 3}, "body": {"messages": 3}}
        try:
            check(fixture | {"item": nonsense})
            judge(f"{name} batch of nonsense is refused", lambda: 1 / 0)
        except Exception:
            judge(f"{name} batch of nonsense is refused", lambda: None)
    checks = {"openai": openai, "azure": openai, "compatible": openai, "anthropic": claude, "gemini": google}
    for name, check in checks.items():
        fixture = json.loads((FIXTURES / f"{name}.json").read_text())
        for case in fixture["requests"]:
            body = with_schema(case["request"]["body"])
            judge(f"{name} {case.get('form', 'schema')}", lambda: check(body))
            # The judge itself can complain.
            broken = body | {"messages": [{"role": "nobody"}], "contents": [{"parts": 3}]}
            try:
                check(broken)
                judge(f"{name} with nonsense is refused", lambda: 1 / 0)
            except Exception:
                judge(f"{name} with nonsense is refused", lambda: None)
    print(f"{passed} passed, {failed} failed")
    sys.exit(failed > 0)


main()
