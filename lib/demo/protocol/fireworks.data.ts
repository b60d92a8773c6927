/**
 * What the stand-in knows about Fireworks' models (fireworks-api.md, November 2026). Kept separate from the
 * application's own catalogue, so that a test fails if the two disagree.
 */

export interface ModelRules {
  /** Accepted values of `reasoning_effort`; null: any. */
  efforts: readonly string[] | null
  /** Reasons regardless of the request. */
  alwaysThinks: boolean
  /** `reasoning_effort: true` is accepted. */
  booleanEffort: boolean
  images: boolean
  contextTokens: number
  /** Maximum tokens of one answer. */
  outputTokens: number
}

const rules = (
  efforts: string | null,
  [contextTokens, outputTokens]: [number, number],
  more: Partial<ModelRules> = {},
): ModelRules => ({
  efforts: efforts === null ? null : efforts.split(" "),
  alwaysThinks: efforts !== null && !efforts.includes("none"),
  booleanEffort: true,
  images: true,
  contextTokens,
  outputTokens,
  ...more,
})

/** By the last segment of the ID. */
export const FIREWORKS_MODELS: Record<string, ModelRules> = {
  "kimi-k3": rules("none low medium high max", [1_048_576, 1_048_576], { booleanEffort: false }),
  "kimi-k3p1-pro": rules(null, [1_048_576, 1_048_576]),
  "ember-1": rules(null, [1_048_576, 131_072]),
  // It treats low and medium as high.
  "glm-5p3": rules("low medium high max", [1_048_573, 262_144], { images: false }),
  "glm-5p3-flash": rules("low high max", [1_048_573, 131_072]),
  "deepseek-v4p1-flash": rules("none low high max", [1_000_000, 384_000]),
  "deepseek-v4p1-flash-1017": rules("none low high max", [1_000_000, 384_000]),
  "qwen3p8-max": rules("none low medium xhigh", [262_144, 131_072]),
  "minimax-m3": rules("low medium high", [512_000, 512_000], { images: false }),
  "minimax-m3p1-flash": rules(null, [1_000_000, 512_000]),
  "muse-spark-open": rules(null, [1_048_576, 131_072]),
  "gpt-oss-120b": rules("low medium high", [131_072, 32_768], { images: false }),
  "nemotron-3-ultra-nvfp4": rules(null, [262_144, 65_536], { images: false }),
}

/** The model behind a router, a spot model, or the newest of a family. */
const OTHER_NAMES: Record<string, string> = {
  "glm-latest": "glm-5p3",
  "glm-flash-latest": "glm-5p3-flash",
  "kimi-latest": "kimi-k3",
  "deepseek-flash-latest": "deepseek-v4p1-flash",
  "qwen-max-latest": "qwen3p8-max",
  "minimax-latest": "minimax-m3",
}

const ANY: ModelRules = rules(null, [131_072, 131_072])

/** The rules of a model; generic ones for an ID that is not Fireworks' own. */
export function rulesOf(id: string): ModelRules {
  const name = /^accounts\/fireworks\/(?:models|routers)\/([^/#]+)$/.exec(id)?.[1]
  if (!name) return ANY
  const base = OTHER_NAMES[name] ?? name.replace(/-(?:fast|spot|us)$/, "")
  return FIREWORKS_MODELS[base] ?? ANY
}
