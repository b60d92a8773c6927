/** A model's family as a metric label: a bounded set that contains no names that people gave their deployments. */

/** Prefixes of model names. */
const FAMILIES = [
  ...["claude", "command", "deepseek", "demo", "devstral", "dolphin", "ernie", "falcon", "flux", "gemini", "gemma"],
  ...["glm", "gpt-oss", "gpt", "granite", "grok", "hermes", "hunyuan", "kimi", "llama", "llava", "magistral", "mimo"],
  ...["minimax", "ministral", "mistral", "mixtral", "nemotron", "nova", "olmo", "phi", "pixtral", "qwen", "qwq"],
  ...["seed", "smollm", "starcoder", "step", "yi"],
] as const

/** `kimi` for `accounts/fireworks/models/kimi-k3`; `other` for unknown models. */
export function familyOf(model: string): string {
  const name = (model.toLowerCase().split("/").at(-1) ?? "").replace(/^(?:meta|nvidia|openai|google|sparkler)-/, "")
  return FAMILIES.find((family) => name.startsWith(family)) ?? "other"
}
