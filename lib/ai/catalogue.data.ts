/**
 * What is known of Fireworks' serverless models, autumn 2026. Prices are USD per million tokens, contexts are
 * tokens. Collected from public pages, not from a live call: correct it here, nothing else holds these numbers.
 */
export interface KnownModel {
  id: string
  name: string
  contextTokens: number
  images: boolean
  tools: boolean
  reasoning: boolean
  price: { input: number; cachedInput: number; output: number } | null
  /** The model that takes the place of one that is gone. */
  successor?: string
}

const fireworks = (name: string) => `accounts/fireworks/models/${name}`

export const KNOWN_MODELS: KnownModel[] = [
  model("kimi-k3", "Kimi K3", 1_048_576, { images: true, price: [3, 0.3, 15] }),
  model("glm-5p3", "GLM 5.3", 1_048_576, { price: [1.4, 0.26, 4.4] }),
  model("glm-5p3-flash", "GLM 5.3 Flash", 1_048_576, { images: true, price: [0.15, 0.03, 0.5] }),
  model("deepseek-v4p1-flash", "DeepSeek V4.1 Flash", 1_048_576, { images: true, price: [0.3, 0.006, 1.2] }),
  model("qwen3p8-max", "Qwen 3.8 Max", 262_144, { images: true, price: [2, 0.25, 6] }),
  model("minimax-m3", "MiniMax M3", 512_000, { price: [0.3, 0.06, 1.2] }),
  model("gpt-oss-120b", "gpt-oss 120B", 131_072, { price: [0.15, 0.015, 0.6] }),
  model("nemotron-3-ultra-nvfp4", "Nemotron 3 Ultra", 262_144, { price: [0.6, 0.12, 2.4] }),
  // Gone from serverless; an old conversation still opens and offers the successor.
  model("deepseek-v3p1", "DeepSeek V3.1", 163_840, { price: null, successor: "deepseek-v4p1-flash" }),
  model("kimi-k2-instruct-0905", "Kimi K2 Instruct 0905", 262_144, {
    price: null,
    successor: "kimi-k3",
    reasoning: false,
  }),
  model("qwen2p5-vl-32b-instruct", "Qwen 2.5 VL 32B", 128_000, {
    images: true,
    price: null,
    successor: "qwen3p8-max",
    reasoning: false,
  }),
]

/** Answers when neither the person nor the settings name a model. */
export const DEFAULT_FIREWORKS_MODEL = fireworks("glm-5p3-flash")

export const DEMO_MODEL_ID = "sparkler-demo"

interface Extra {
  images?: boolean
  reasoning?: boolean
  price: [input: number, cachedInput: number, output: number] | null
  successor?: string
}

function model(short: string, name: string, contextTokens: number, extra: Extra): KnownModel {
  return {
    id: fireworks(short),
    name,
    contextTokens,
    images: extra.images ?? false,
    tools: true,
    reasoning: extra.reasoning ?? true,
    price: extra.price && { input: extra.price[0], cachedInput: extra.price[1], output: extra.price[2] },
    ...(extra.successor ? { successor: fireworks(extra.successor) } : {}),
  }
}
