/** Classifies refusals of a model server by status and words, and maps each to the key of its sentence. */

import { isMarkup, rawErrorText } from "@/lib/ai/upstream/upstream-words"
import { codeOf, type ErrorKey } from "@/lib/http/errors"

/** The sentence key, which includes the error code. The server's words are added. */
export const FAULTS = {
  auth: "upstream:auth/refused",
  forbidden: "upstream:auth/forbidden",
  blocked: "upstream:blocked",
  region: "upstream:region",
  billing: "upstream:billing",
  suspended: "upstream:billing/suspended",
  precondition: "upstream:billing/precondition",
  lora: "upstream:model_failed",
  modelNotFound: "upstream:model_not_found",
  wrongAddress: "upstream:wrong_address",
  redirected: "upstream:redirected",
  noImages: "upstream:no_images",
  context: "upstream:context",
  tooLarge: "upstream:too_large",
  badRequest: "upstream:bad_request",
  rateLimit: "upstream:rate_limit",
  overloaded: "upstream:overloaded",
  scalingUp: "upstream:scaling_up",
  serverError: "upstream:server_error",
  timeout: "upstream:timeout",
  unreachable: "upstream:unreachable",
  certificate: "upstream:unreachable/certificate",
  cut: "upstream:cut",
  garbage: "upstream:garbage",
  noAnswer: "upstream:no_answer",
  contentFilter: "upstream:content_filter",
} satisfies Record<string, ErrorKey>
export type FaultName = keyof typeof FAULTS

/** Faults for which repeating the request can't help. */
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
  ).map((name) => codeOf(FAULTS[name])),
)
export const isRetryableCode = (code: string) => !FINAL.has(code)

/** Words that distinguish refusals with the same status; the first match counts. Each notes who uses them. */
const BY_WORDS: [fault: FaultName, statuses: number[], words: RegExp][] = [
  // Fireworks: a deployment that has scaled to zero.
  ["scalingUp", [503], /DEPLOYMENT_SCALING_UP|scaling up from zero|deployment is (?:scaling|starting)/i],
  // Fireworks' region hosts, OpenAI, Google.
  ["region", [401, 403, 451], /\bregions?\b|country|territory/i],
  ["region", [400], /unsupported_country|location is not supported|not available in your (?:country|region)/i],
  // OpenAI, DeepSeek, OpenRouter, Anthropic. A quota that refills over time is not a billing problem.
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

/** Statuses that a model server sends with JSON: with an HTML page, they come from something in between. */
const NEVER_PAGES = new Set([401, 403, 406, 451])

/** The fault for a refusal with this status (400 to 599) and body. */
export function faultOf(status: number, body: string): FaultName {
  if (isMarkup(body)) {
    if (NEVER_PAGES.has(status)) return "blocked"
    if (status === 404 || status === 405) return "wrongAddress"
  }
  const words = `${rawErrorText(body)} ${codesIn(body)}`
  const found = BY_WORDS.find(([, statuses, pattern]) => statuses.includes(status) && pattern.test(words))
  return found?.[0] ?? BY_STATUS[status] ?? (status < 500 ? "badRequest" : "serverError")
}

/** Codes in addition to the message: `"code": "insufficient_quota"`. */
export const codesIn = (body: string): string =>
  Array.from(
    body.slice(0, 20_000).matchAll(/"(?:code|type|status|error_type)"\s*:\s*"([^"]{1,80})"/g),
    ([, code]) => code,
  ).join(" ")

/** Statuses that may improve by waiting: three attempts. 500 may be temporary: two attempts. */
const SHED = new Set([408, 429, 502, 503, 504, 520, 529])

/** How many attempts a request refused like this gets, before its first token. */
export function triesOf(status: number, body: string): number {
  if (status === 500) return faultOf(status, body) === "serverError" ? 2 : 1
  if (!SHED.has(status)) return 1
  const fault = faultOf(status, body)
  // A starting deployment takes minutes, and a billing problem doesn't resolve by waiting.
  return fault === "scalingUp" || fault === "billing" ? 1 : 3
}
