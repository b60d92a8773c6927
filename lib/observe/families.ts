/** A model's family, for labels: bounded, and no name that somebody gave to a deployment of theirs. */

/** As their names begin. */
const FAMILIES = [
  ...["claude", "command", "deepseek", "demo", "devstral", "dolphin", "ernie", "falcon", "flux", "gemini", "gemma"],
  ...["glm", "gpt-oss", "gpt", "granite", "grok", "hermes", "hunyuan", "kimi", "llama", "llava", "magistral", "mimo"],
  ...["minimax", "ministral", "mistral", "mixtral", "nemotron", "nova", "olmo", "phi", "pixtral", "qwen", "qwq"],
  ...["seed", "smollm", "starcoder", "step", "yi"],
] as const

/** `kimi` of `accounts/fireworks/models/kimi-k3`; `other` of what is not known. */
export function familyOf(model: string): string {
  const name = (model.toLowerCase().split("/").at(-1) ?? "").replace(/^(?:meta|nvidia|openai|google|sparkler)-/, "")
  return FAMILIES.find((family) => name.startsWith(family)) ?? "other"
}
