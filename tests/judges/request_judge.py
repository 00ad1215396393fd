#!/usr/bin/env python3
"""Holds the requests of every provider to the types that the vendors' own SDKs give them.

The bodies are those of `src/ai/providers/fixtures`, which docgen's tests hold to what it sends; the schema in them is
replaced by one that docgen asks answers in. `Iterable` fields are checked lazily by pydantic: they are walked here.
"""

import functools
import json
import pathlib
import sys
import typing

import anthropic.types
import pydantic
from google.genai import types as gemini
from openai.types.chat import completion_create_params

FIXTURES = pathlib.Path(__file__).resolve().parents[2] / "src/ai/providers/fixtures"
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


def main():
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
