/** Reasoning levels, limits, and formats that servers refuse, in their own words. */
import { test } from "vitest"
import { type Case, error, expectAskedWithout, schema, setUpRefusing } from "@/lib/ai/refusals/refusing.fixture"

setUpRefusing()

const CASES: Case[] = [
  [
    "Ollama",
    "reasoning_effort",
    [400, error('"qwen2.5:7b" does not support thinking')],
    { reasoning_effort: "high" },
    {},
  ],
  [
    "Ollama",
    "reasoning_effort",
    [400, error('think value "none" is not supported for this model')],
    { reasoning_effort: "none" },
    {},
  ],
  [
    "OpenAI",
    "reasoning_effort",
    [
      400,
      error(
        "Unsupported value: 'none' is not supported with the 'o4' model. Supported values are: 'low', 'medium', and 'high'.",
        { param: "reasoning_effort" },
      ),
    ],
    { reasoning_effort: "none" },
    {},
  ],
  [
    "Groq",
    "reasoning_effort",
    [400, error("`reasoning_effort` must be one of `none` or `default`")],
    { reasoning_effort: "low" },
    {},
  ],
  [
    "vLLM",
    "reasoning_effort",
    [
      400,
      error(
        "[{'type': 'literal_error', 'loc': ('body', 'reasoning_effort'), 'msg': \"Input should be 'low', 'medium' or 'high'\", 'input': 'max'}]",
      ),
    ],
    { reasoning_effort: "max" },
    {},
  ],
  [
    "JSON Schema",
    "reasoning_effort",
    [400, error("'none' is not one of ['low', 'medium', 'high']")],
    { reasoning_effort: "none" },
    {},
  ],
  [
    "OpenRouter",
    "reasoning_effort",
    [400, error("Reasoning is mandatory for this endpoint and cannot be disabled.")],
    { reasoning_effort: "none" },
    {},
  ],
  [
    "a server without the word",
    "reasoning_effort",
    [400, error("Unrecognized request argument supplied: reasoning_effort")],
    { reasoning_effort: "low" },
    {},
  ],

  [
    "OpenAI",
    "max_tokens",
    [
      400,
      error(
        "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
      ),
    ],
    { max_tokens: 500 },
    { max_completion_tokens: 500 },
  ],
  [
    "an older server",
    "max_completion_tokens",
    [400, error("Unknown parameter: 'max_completion_tokens'.")],
    { max_completion_tokens: 500 },
    { max_tokens: 500 },
  ],

  [
    "DeepSeek",
    "response_format",
    [400, error("This response_format type is unavailable now")],
    { response_format: schema },
    {},
  ],
  [
    "LM Studio",
    "response_format",
    [400, { error: "'response_format.type' must be 'json_schema' or 'text'" }],
    { response_format: { type: "json_object" } },
    {},
  ],
]

test.each(CASES)("%s refuses %s: retried without it, and remembered", (...one) => expectAskedWithout(one))
