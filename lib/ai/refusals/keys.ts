/** Request keys that we may leave out. The conversation itself is not among them. */

/** Internal to Sparkler and the server. */
export const EXTRAS = [
  "perf_metrics_in_response",
  "prompt_cache_key",
  "prompt_cache_isolation_key",
  "safe_tokenization",
  "stream_options",
  "context_length_exceeded_behavior",
  "prediction",
  "metadata",
  "user",
  "parallel_tool_calls",
  "reasoning_history",
  "logprobs",
]

/** The reasoning level, in the terms of different servers. */
export const THINKING = ["reasoning_effort", "thinking", "think", "enable_thinking", "chat_template_kwargs"]

/** What a user sets, or the way of serving they chose. */
export const PARAMETERS = [
  "service_tier",
  "top_logprobs",
  "temperature",
  "top_k",
  "top_p",
  "min_p",
  "typical_p",
  "repetition_penalty",
  "frequency_penalty",
  "presence_penalty",
  "seed",
  "stop",
]
