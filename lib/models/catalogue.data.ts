/**
 * Fireworks' serverless models, as of November 2026. Prices are USD per million tokens; windows and outputs are in
 * tokens. Collected from public pages, not from a live call. This is the only place with these numbers, so correct them
 * here; what the server says at run time takes precedence.
 */
import type { ModelPrice } from "@/lib/models/model.types"
import type { Effort } from "@/lib/models/thinking"

export interface KnownModel {
  id: string
  name: string
  /** Null: not known (retired models). */
  contextTokens: number | null
  /** The maximum length of one answer, including thinking; null: not known. */
  outputTokens: number | null
  images: boolean
  tools: boolean
  /** Supported values of `reasoning_effort`, weakest first; empty: it doesn't think; null: not known. */
  efforts: Effort[] | null
  price: ModelPrice | null
  /** The model that replaces a retired one. */
  successor?: string
}

const fireworks = (name: string) => `accounts/fireworks/models/${name}`

const CURRENT: KnownModel[] = [
  model("kimi-k3", "Kimi K3", [1_048_576, 1_048_576], {
    images: true,
    efforts: ["none", "low", "medium", "high", "max"],
    price: [3, 0.3, 15],
  }),
  model("kimi-k3p1-pro", "Kimi K3.1 Pro", [1_048_576, 1_048_576], { images: true, price: [2, 0.2, 10] }),
  model("ember-1", "Ember 1", [1_048_576, 131_072], { images: true, price: [3, 0.3, 15] }),
  model("glm-5p3", "GLM 5.3", [1_048_573, 262_144], { efforts: ["high", "max"], price: [1.4, 0.26, 4.4] }),
  model("glm-5p3-flash", "GLM 5.3 Flash", [1_048_573, 131_072], {
    images: true,
    efforts: ["low", "high", "max"],
    price: [0.15, 0.03, 0.5],
  }),
  model("deepseek-v4p1-flash", "DeepSeek V4.1 Flash", [1_000_000, 384_000], {
    images: true,
    efforts: ["none", "low", "high", "max"],
    price: [0.3, 0.006, 1.2],
  }),
  model("deepseek-v4p1-flash-1017", "DeepSeek V4.1 Flash (October 17)", [1_000_000, 384_000], {
    images: true,
    efforts: ["none", "low", "high", "max"],
    price: [0.3, 0.006, 1.2],
  }),
  model("qwen3p8-max", "Qwen 3.8 Max", [262_144, 131_072], {
    images: true,
    efforts: ["none", "low", "medium", "xhigh"],
    price: [2, 0.25, 6],
  }),
  model("minimax-m3", "MiniMax M3", [512_000, 512_000], {
    efforts: ["low", "medium", "high"],
    price: [0.3, 0.06, 1.2],
  }),
  model("minimax-m3p1-flash", "MiniMax M3.1 Flash", [1_000_000, 512_000], { images: true, price: [0.15, 0.015, 0.6] }),
  model("muse-spark-open", "Muse Spark Open", [1_048_576, 131_072], { images: true, price: [1.25, 0.15, 4.25] }),
  model("gpt-oss-120b", "gpt-oss 120B", [131_072, 32_768], {
    efforts: ["low", "medium", "high"],
    price: [0.15, 0.015, 0.6],
  }),
  model("nemotron-3-ultra-nvfp4", "Nemotron 3 Ultra", [262_144, 65_536], { price: [0.6, 0.12, 2.4] }),
]

/** No longer available serverless: an old conversation still opens and offers the successor. */
const RETIRED: KnownModel[] = [
  ...retired("kimi-k3", [
    ["kimi-k2-instruct", "Kimi K2 Instruct"],
    ["kimi-k2-instruct-0905", "Kimi K2 Instruct 0905"],
    ["kimi-k2-thinking", "Kimi K2 Thinking"],
    ["kimi-k2p5", "Kimi K2.5"],
    ["kimi-k2p6", "Kimi K2.6"],
    ["kimi-k2p7-code", "Kimi K2.7 Code"],
  ]),
  ...retired("glm-5p3", [
    ["glm-4p5", "GLM 4.5"],
    ["glm-4p6", "GLM 4.6"],
    ["glm-4p7", "GLM 4.7"],
    ["glm-5", "GLM 5"],
    ["glm-5p1", "GLM 5.1"],
    ["glm-5p2", "GLM 5.2"],
  ]),
  ...retired("deepseek-v4p1-flash", [
    ["deepseek-r1-0528", "DeepSeek R1 0528"],
    ["deepseek-v3-0324", "DeepSeek V3 0324"],
    ["deepseek-v3p1", "DeepSeek V3.1"],
    ["deepseek-v3p2", "DeepSeek V3.2"],
    ["deepseek-v4-flash", "DeepSeek V4 Flash"],
    ["deepseek-v4-pro", "DeepSeek V4 Pro"],
  ]),
  ...retired("qwen3p8-max", [
    ["qwen3-235b-a22b", "Qwen3 235B"],
    ["qwen3-coder-480b-a35b-instruct", "Qwen3 Coder 480B"],
    ["qwen2p5-vl-32b-instruct", "Qwen 2.5 VL 32B"],
  ]),
  ...retired("minimax-m3", [
    ["minimax-m2", "MiniMax M2"],
    ["minimax-m2p1", "MiniMax M2.1"],
    ["minimax-m2p5", "MiniMax M2.5"],
    ["minimax-m2p7", "MiniMax M2.7"],
  ]),
  ...retired("glm-5p3-flash", [["gpt-oss-20b", "gpt-oss 20B"]]),
]

export const KNOWN_MODELS: KnownModel[] = [...CURRENT, ...RETIRED]

/** Used if neither the person nor the settings name a model. */
export const DEFAULT_FIREWORKS_MODEL = fireworks("glm-5p3-flash")

interface Extra {
  images?: boolean
  efforts?: Effort[]
  price: [input: number, cachedInput: number, output: number]
}

function model(short: string, name: string, [context, output]: [number, number], extra: Extra): KnownModel {
  const [input, cachedInput, out] = extra.price
  return {
    id: fireworks(short),
    name,
    contextTokens: context,
    outputTokens: output,
    images: extra.images ?? false,
    tools: true,
    efforts: extra.efforts ?? null,
    price: { input, cachedInput, output: out },
  }
}

function retired(successor: string, models: [short: string, name: string][]): KnownModel[] {
  return models.map(([short, name]) => ({
    id: fireworks(short),
    name,
    contextTokens: null,
    outputTokens: null,
    images: false,
    tools: true,
    efforts: null,
    price: null,
    successor: fireworks(successor),
  }))
}
