/** Keys, parameters, and tools that servers refuse, in their own words. */
import { test } from "vitest"
import { type Case, error, expectAskedWithout, setUpRefusing, tools } from "@/lib/ai/refusals/refusing.fixture"

setUpRefusing()

const CASES: Case[] = [
  [
    "Fireworks",
    "perf_metrics_in_response",
    [400, error("Extra inputs are not permitted, field: 'perf_metrics_in_response'")],
    { perf_metrics_in_response: true, top_k: 3 },
    { top_k: 3 },
  ],
  [
    "Fireworks",
    "prompt_cache_isolation_key",
    [400, error("Extra inputs are not permitted, field: 'prompt_cache_isolation_key'")],
    { prompt_cache_isolation_key: "p" },
    {},
  ],
  [
    "Fireworks",
    "safe_tokenization",
    [400, error("safe_tokenization is not supported for this model")],
    { safe_tokenization: true },
    {},
  ],
  [
    "pydantic",
    "top_k",
    [422, { detail: [{ loc: ["body", "top_k"], msg: "Extra inputs are not permitted", type: "extra_forbidden" }] }],
    { top_k: 3, seed: 1 },
    { seed: 1 },
  ],
  ["OpenAI", "top_k", [400, error("Unrecognized request argument supplied: top_k")], { top_k: 3 }, {}],
  [
    "OpenAI",
    "temperature",
    [
      400,
      error(
        "Unsupported value: 'temperature' does not support 0.2 with this model. Only the default (1) value is supported.",
      ),
    ],
    { temperature: 0.2 },
    {},
  ],
  [
    "Google",
    "min_p",
    [400, [error('Invalid JSON payload received. Unknown name "min_p": Cannot find field.')]],
    { min_p: 0.1 },
    {},
  ],
  ["Go", "prompt_cache_key", [400, 'json: unknown field "prompt_cache_key"'], { prompt_cache_key: "c" }, {}],
  [
    "Rust",
    "min_p",
    [422, "Failed to deserialize: unknown field `min_p`, expected one of `model`, `messages`, `top_k`, `seed`"],
    { top_k: 1, min_p: 0.1, seed: 1 },
    { top_k: 1, seed: 1 },
  ],
  [
    "JSON Schema",
    "service_tier",
    [400, error("Additional properties are not allowed ('service_tier' was unexpected)")],
    { service_tier: "priority" },
    {},
  ],
  ["Groq", "logprobs", [400, error("`logprobs` is not supported with this model")], { logprobs: true }, {}],
  [
    "an older vLLM",
    "stream_options",
    [400, error("stream_options: Extra inputs are not permitted")],
    { stream_options: { include_usage: true } },
    {},
  ],
  [
    "a gateway",
    "stream_options",
    [400, error("The 'stream_options' parameter is only allowed when 'stream' is enabled")],
    { stream_options: { include_usage: true } },
    {},
  ],

  [
    "Ollama",
    "tools",
    [400, error("registry.ollama.ai/library/gemma:2b does not support tools")],
    { tools, tool_choice: "auto", top_k: 1 },
    { top_k: 1 },
  ],
  ["Ollama's own shape", "tools", [400, { error: '"gemma:2b" does not support tools' }], { tools }, {}],
  [
    "vLLM",
    "tools",
    [
      400,
      {
        object: "error",
        message: '"auto" tool choice requires --enable-auto-tool-choice and --tool-call-parser to be set',
        code: 400,
      },
    ],
    { tools, tool_choice: "auto" },
    {},
  ],
  [
    "llama.cpp",
    "tools",
    [500, { error: { code: 500, message: "tools param requires --jinja flag", type: "server_error" } }],
    { tools },
    {},
  ],
  [
    "OpenRouter",
    "tools",
    [404, error("No endpoints found that support tool use. Try disabling tools.")],
    { tools },
    {},
  ],
  ["Groq", "tools", [400, error("`tool calling` is not supported with this model")], { tools }, {}],
  ["a gateway", "tools", [400, error("Function calling is not enabled for models/gemma-3-4b-it")], { tools }, {}],
  ["a gateway", "tools", [400, error("This model doesn't support function calling")], { tools }, {}],
  [
    "pydantic",
    "tools",
    [422, { detail: [{ loc: ["body", "tools"], msg: "extra fields not permitted", type: "value_error.extra" }] }],
    { tools },
    {},
  ],
  [
    "a server without a choice",
    "tool_choice",
    [400, error("tool_choice 'none' is not supported")],
    { tools, tool_choice: "none" },
    {},
  ],
  [
    "a server of single calls",
    "parallel_tool_calls",
    [400, error("This model does not support parallel tool calls")],
    { tools, parallel_tool_calls: true },
    { tools },
  ],
]

test.each(CASES)("%s refuses %s: retried without it, and remembered", (...one) => expectAskedWithout(one))
