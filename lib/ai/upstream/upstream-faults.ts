/** Which fault a refusal of a model server is, told by its status and its words, and the sentence for each. */

import { isMarkup, rawWords } from "@/lib/ai/upstream/upstream-words"
import type { ErrorCode } from "@/lib/http/errors"

interface Fault {
  code: ErrorCode
  sentence: string
}

/** One sentence or two for each fault. What the server said is added. */
export const FAULTS = {
  auth: {
    code: "upstream:auth",
    sentence: "The model server refused the API key. Replace it at /setup, or in FIREWORKS_API_KEY if it is set there.",
  },
  forbidden: {
    code: "upstream:auth",
    sentence: "The model server didn't allow this request. The API key may not have access to this model.",
  },
  blocked: {
    code: "upstream:blocked",
    sentence:
      "A proxy or firewall between Sparkler and the model server answered instead of it. Check the network, or ask who runs it.",
  },
  region: {
    code: "upstream:region",
    sentence:
      "The model server doesn't serve this request from this region. Check the host in FIREWORKS_BASE_URL, or choose another model.",
  },
  billing: {
    code: "upstream:billing",
    sentence: "The account behind the API key is not on a paid plan or is over its limit. Look at its billing page.",
  },
  suspended: {
    code: "upstream:billing",
    sentence: "The account behind the API key is suspended. Look at its billing page.",
  },
  precondition: {
    code: "upstream:billing",
    sentence: "The model server can't take this request: the account is suspended, or the model couldn't be loaded.",
  },
  lora: {
    code: "upstream:model_failed",
    sentence: "The model server couldn't load this fine-tuned model. Check its deployment, or choose another model.",
  },
  modelNotFound: {
    code: "upstream:model_not_found",
    sentence: "The model server does not have this model (anymore). Choose another one.",
  },
  wrongAddress: {
    code: "upstream:wrong_address",
    sentence: "The model server has nothing at this address. Check FIREWORKS_BASE_URL: it usually ends in /v1.",
  },
  redirected: {
    code: "upstream:redirected",
    sentence: "The model server redirected the request to another address. Sparkler didn't follow.",
  },
  noImages: {
    code: "upstream:no_images",
    sentence: "This model doesn't take images. Choose one that does, or ask again without the images.",
  },
  context: {
    code: "upstream:context",
    sentence:
      "The conversation is too long for this model. Summarize it, start a new one, or choose a model with a larger window.",
  },
  tooLarge: {
    code: "upstream:too_large",
    sentence:
      "The request was too large for the model server. Send fewer or smaller images, or start a new conversation.",
  },
  badRequest: { code: "upstream:bad_request", sentence: "The model server did not accept the request." },
  rateLimit: {
    code: "upstream:rate_limit",
    sentence: "The model server's rate limit for this API key is reached. Wait a moment, then retry.",
  },
  overloaded: { code: "upstream:overloaded", sentence: "The model server is overloaded. Wait a moment, then retry." },
  scalingUp: {
    code: "upstream:scaling_up",
    sentence: "This deployment is starting, which usually takes 5 to 10 minutes. Retry in a few minutes.",
  },
  serverError: {
    code: "upstream:server_error",
    sentence: "The model server had a fault of its own. Retry; if it stays, choose another model.",
  },
  timeout: {
    code: "upstream:timeout",
    sentence: "The model server did not answer in time. Retry, or choose another model.",
  },
  unreachable: {
    code: "upstream:unreachable",
    sentence: "The model server can't be reached. Check the connection and FIREWORKS_BASE_URL, then retry.",
  },
  certificate: {
    code: "upstream:unreachable",
    sentence: "The model server's certificate can't be trusted, so nothing was sent. Check FIREWORKS_BASE_URL.",
  },
  cut: {
    code: "upstream:cut",
    sentence:
      "The connection to the model server broke before the answer was complete. What came is kept; retry for a whole one.",
  },
  garbage: {
    code: "upstream:garbage",
    sentence: "The model server sent something that is not an answer. What came is kept; retry.",
  },
  noAnswer: {
    code: "upstream:no_answer",
    sentence: "The model called tools again and again and did not answer. Retry, or choose another model.",
  },
  contentFilter: {
    code: "upstream:content_filter",
    sentence: "The model server's content filter ended this answer.",
  },
} satisfies Record<string, Fault>
export type FaultName = keyof typeof FAULTS

/** Asking the same again can't help. */
const FINAL = new Set<string>(
  (
    [
      "auth",
      "blocked",
      "region",
      "billing",
      "lora",
      "modelNotFound",
      "wrongAddress",
      "redirected",
      "noImages",
      "context",
      "tooLarge",
      "badRequest",
    ] as const
  ).map((name) => FAULTS[name].code),
)
export const isRetryableCode = (code: string) => !FINAL.has(code)

/** Words by which a refusal is told from others of its status; the first that fits counts. Beside each, who says so. */
const BY_WORDS: [fault: FaultName, statuses: number[], words: RegExp][] = [
  // Fireworks: a deployment that was scaled to zero.
  ["scalingUp", [503], /DEPLOYMENT_SCALING_UP|scaling up from zero|deployment is (?:scaling|starting)/i],
  // Fireworks' region hosts, OpenAI, Google.
  ["region", [401, 403, 451], /\bregions?\b|country|territory/i],
  ["region", [400], /unsupported_country|location is not supported|not available in your (?:country|region)/i],
  // OpenAI, DeepSeek, OpenRouter, Anthropic. A quota that a wait refills is no bill.
  [
    "billing",
    [400, 401, 403, 429],
    /insufficient[_ ](?:quota|balance|credits?|funds)|credit balance|out of credits|billing hard limit|payment (?:required|method)/i,
  ],
  [
    "lora",
    [412],
    /\bloras?\b|adapter|addon|fine-?tun|(?:failed|unable) to load|(?:could|can) ?not be loaded|couldn't load/i,
  ],
  ["suspended", [412], /suspend|billing|payment|invoice|credit|spending|balance/i],
  // vLLM, llama.cpp, LM Studio, DeepSeek, OpenAI, Mistral.
  [
    "noImages",
    [400, 404, 415, 422, 500, 501],
    /^(?!.*\b(?:format|mime|decode|download|corrupt|dimension)).*?(?:\b(?:images?|vision|multi-?modal|image_url)\b.{0,60}(?:not (?:support|accept|allow|available|enabled)|unsupported|only supported)|(?:not support|n't support|not accept|n't take|not take|unsupported) (?:\w+ ){0,3}(?:images?|vision|multi-?modal|image_url)|not a (?:multi-?modal|vision)|unknown variant .image_url|at most 0 image|image input(?: is)? not|mmproj|required for image input)/is,
  ],
  // vLLM, llama.cpp, OpenAI, Anthropic, Fireworks, Groq.
  [
    "context",
    [400, 413, 422, 500],
    /context_length_exceeded|(?:maximum|available|max) context|context (?:length|window|size)|prompt is too long|input is too long|too many (?:input )?tokens|reduce the length of the (?:messages|prompt)|prompt.{0,40}exceeds/i,
  ],
  // OpenRouter, OpenAI, Together.
  [
    "modelNotFound",
    [400, 403, 422],
    /model_not_found|no such model|not a valid model|unknown model|(?:model|models) \S{1,200} (?:does not exist|not found|is not (?:available|found|deployed))/i,
  ],
  [
    "wrongAddress",
    [404, 405],
    /\b(?:page|path|route|endpoint|url) (?:was )?not found|cannot (?:post|get) |no (?:matching )?route|invalid url|unknown (?:url|path|endpoint|route)|\/chat\/completions|method not allowed/i,
  ],
]

const BY_STATUS: Record<number, FaultName> = {
  401: "auth",
  402: "billing",
  403: "forbidden",
  404: "modelNotFound",
  407: "blocked",
  408: "timeout",
  410: "modelNotFound",
  412: "precondition",
  413: "tooLarge",
  429: "rateLimit",
  501: "badRequest",
  502: "overloaded",
  503: "overloaded",
  504: "timeout",
  511: "blocked",
  520: "overloaded",
  521: "unreachable",
  522: "timeout",
  523: "unreachable",
  524: "timeout",
  525: "certificate",
  526: "certificate",
  529: "overloaded",
  530: "unreachable",
}

/** Statuses by which a model server speaks in JSON: a page there is of somebody in between. */
const NEVER_PAGES = new Set([401, 403, 406, 451])

/** The fault that a refusal of this status (400 to 599) with this body is. */
export function faultOf(status: number, body: string): FaultName {
  if (isMarkup(body)) {
    if (NEVER_PAGES.has(status)) return "blocked"
    if (status === 404 || status === 405) return "wrongAddress"
  }
  const words = `${rawWords(body)} ${codesIn(body)}`
  const found = BY_WORDS.find(([, statuses, pattern]) => statuses.includes(status) && pattern.test(words))
  return found?.[0] ?? BY_STATUS[status] ?? (status < 500 ? "badRequest" : "serverError")
}

/** Codes beside the words: `"code": "insufficient_quota"`. */
export const codesIn = (body: string): string =>
  Array.from(
    body.slice(0, 20_000).matchAll(/"(?:code|type|status|error_type)"\s*:\s*"([^"]{1,80})"/g),
    ([, code]) => code,
  ).join(" ")

/** Statuses that waiting can mend: asked three times. 500 may pass: asked twice. */
const SHED = new Set([408, 429, 502, 503, 504, 520, 529])

/** How often a request that is refused so is made, before its first token. */
export function triesOf(status: number, body: string): number {
  if (status === 500) return faultOf(status, body) === "serverError" ? 2 : 1
  if (!SHED.has(status)) return 1
  const fault = faultOf(status, body)
  // A deployment that starts takes minutes, a bill is not paid by waiting.
  return fault === "scalingUp" || fault === "billing" ? 1 : 3
}
