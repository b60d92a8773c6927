/** Keys of a request that are ours to leave out. The conversation itself is not among them. */

/** Between Sparkler and the server alone. */
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

/** The level of thinking, in the words of different servers. */
export const THINKING = ["reasoning_effort", "thinking", "think", "enable_thinking", "chat_template_kwargs"]

/** What a person sets, or the way that they chose. */
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
