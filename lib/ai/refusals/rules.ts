/** Which words of a refusal call for which change of the request. Each rule notes whose words it matches. */
import type { Body, Change } from "@/lib/ai/refusals/changes"
import { EXTRAS, PARAMETERS, THINKING } from "@/lib/ai/refusals/keys"

const DROPPABLE = [...EXTRAS, ...THINKING, ...PARAMETERS]

interface Refusal {
  status: number
  words: string
  body: Body
}

type Rule = (refusal: Refusal) => Change | null

/** Something is not accepted: in the words of Fireworks, OpenAI, pydantic, Go, Rust, Google, Groq, JSON Schema, … */
const REFUSES =
  /not permitted|not allowed|only allowed|forbidden|unrecognized|unknown|unexpected|unsupported|not (?:currently )?support|n't support|not available|unavailable|not enabled|not a valid|invalid|cannot find field|is not one of|must be|should be|not accept|n't accept|n't take|can(?:not|'t) be|mandatory|requires?\b|required|only supports?/i

/** Position of a key as a separate word, or -1; keys in a list of alternatives (`expected one of …`) don't count. */
function names(words: string, key: string): number {
  const [told = ""] = words.split(/expected one of|supported (?:keys|parameters|fields) are|allowed (?:keys|fields)/i)
  return new RegExp(`(?<![\\w-])${key}(?![\\w-])`, "i").exec(told)?.index ?? -1
}

/** `max_tokens` and its newer name. OpenAI's o-series behind gateways; older servers the other way around. */
const renameLimit: Rule = ({ words, body }) => {
  for (const [from, to] of [
    ["max_tokens", "max_completion_tokens"],
    ["max_completion_tokens", "max_tokens"],
  ] as const) {
    if (!(from in body)) continue
    const asksForOther = new RegExp(`use (?:the )?['"\`]?${to}['"\`]?`, "i").test(words)
    const unknown = /not supported|unsupported|unrecognized|unknown|extra inputs|not permitted|unexpected/i.test(words)
    if (asksForOther || (unknown && names(words, from) >= 0 && names(words, to) < 0))
      return { kind: "rename", from, to }
  }
  return null
}

/** Fewest tokens of an answer that are worth requesting. */
const FEWEST = 64
const LIMITS = ["max_tokens", "max_completion_tokens"]

/** The output limit of a model: OpenAI, Groq, DeepSeek, vLLM, Fireworks. */
const lowerLimit: Rule = ({ words, body }) => {
  const key = LIMITS.find((name) => typeof body[name] === "number")
  const asked = key && body[key]
  if (!key || typeof asked !== "number") return null
  const most = mostSaid(words, asked)
  return most !== undefined && most >= FEWEST && most < asked ? { kind: "cap", key, most } : null
}

function mostSaid(words: string, asked: number): number | undefined {
  const number = (text: string | undefined) => (text === undefined ? undefined : Number(text.replaceAll(",", "")))
  // “maximum context length is 4096 tokens and your request has 50 input tokens”, “(58 in the messages, 8192 in the completion)”
  const window = number(/context (?:length|window|size) (?:is|of) ([\d,]+)/i.exec(words)?.[1])
  const prompt = number(
    /([\d,]+) (?:(?:in the|of) (?:messages|prompt|input)|(?:input|prompt) tokens)/i.exec(words)?.[1] ??
      /prompt (?:has|contains|is) ([\d,]+)/i.exec(words)?.[1],
  )
  if (window !== undefined && prompt !== undefined) return window - prompt
  if (!LIMITS.some((name) => words.includes(name)) && !/completion tokens/i.test(words)) return undefined
  const bound =
    /at most ([\d,]+)/i.exec(words) ??
    /less than or equal to .?([\d,]+)/i.exec(words) ??
    /(?:<=|≤) ?([\d,]+)/.exec(words) ??
    /\[\s*\d+\s*,\s*([\d,]+)\s*\]/.exec(words) ??
    /(?:maximum|max|limit)(?: \w+){0,4} (?:is|of|value) .?([\d,]+)/i.exec(words)
  const most = number(bound?.[1])
  return most === asked ? undefined : most
}

/** Ollama, vLLM, LM Studio, llama.cpp, OpenRouter, Groq, Mistral. Not an error in a tool or a result. */
const NO_TOOLS =
  /(?:not support|n't support|not compatible with|no support for|without) (?:\w+ ){0,3}(?:tools?\b|functions?\b|tool[_ -](?:use|call)|function[_ -]call)|(?:tools?|tool[_ -](?:use|calling|calls|choice)|functions?|function[_ -]calling) (?:\w+ ){0,3}(?:not (?:\w+ )?(?:support|enabled|available|implemented|allowed)|unsupported|disabled)|--enable-auto-tool-choice|--tool-call-parser|tools? param requires|requires? --jinja|no endpoints found that support tool|unsupported param(?:eter)?:? .?tools/i
const TOOL_MISTAKE = /tool_call_id|tool_calls must|invalid schema for function|must be a response to/i

/** A key that a server doesn't know. */
const UNKNOWN =
  /extra inputs|extra_forbidden|unrecognized|unknown (?:name|field|key|parameter|argument)|unexpected|not permitted/i

const dropTools: Rule = ({ words, body }) => {
  if (!Array.isArray(body.tools) || TOOL_MISTAKE.test(words)) return null
  const plain = words.replace(/[`"“”]|'(?!t\b)/g, "")
  if (/parallel/i.test(plain) && "parallel_tool_calls" in body) return { kind: "drop", key: "parallel_tool_calls" }
  if (body.tool_choice === "none" && /tool[_ ]choice/i.test(plain) && REFUSES.test(plain))
    return { kind: "forbiddenTools" }
  if (NO_TOOLS.test(plain)) return { kind: "tools" }
  // Without a `tool_choice`, tools might be called where they must not be, so they are dropped too.
  return UNKNOWN.test(words) && (names(words, "tools") >= 0 || names(words, "tool_choice") >= 0)
    ? { kind: "tools" }
    : null
}

const MISTAKEN_SCHEMA = /invalid (?:json )?schema|schema is invalid|invalid pattern|in context=/i

/** OpenAI, DeepSeek, vLLM, LM Studio, Groq: a schema, then JSON, then the prompt alone. */
const simplerFormat: Rule = ({ words, body }) => {
  if (!body.response_format || MISTAKEN_SCHEMA.test(words)) return null
  const named = /response[_ ]?format|json[_ ]?schema|json[_ ]?(?:object|mode)|structured[_ ]outputs?|guided|grammar/i
  if (!named.test(words) || !REFUSES.test(words)) return null
  const hasSchema = JSON.stringify(body.response_format).includes('"type":"json_schema"')
  return hasSchema && !/must be .?json_schema|extra inputs|unrecognized|unknown/i.test(words)
    ? { kind: "schema" }
    : { kind: "responseFormat" }
}

/** Groq, Mistral: messages can't include the reasoning of earlier answers. */
const dropOldThinking: Rule = ({ words }) =>
  /reasoning_content/.test(words) && (UNKNOWN.test(words) || /unsupported|not support/i.test(words))
    ? { kind: "oldThinking" }
    : null

/** The reasoning level: either its value or reasoning as such is refused. */
const dropThinking: Rule = ({ words, body }) => {
  const key = THINKING.find((name) => name in body)
  if (!key || !REFUSES.test(words) || /reasoning_content/.test(words)) return null
  const value = JSON.stringify(body[key])
  const said = typeof body[key] === "string" && new RegExp(`['"\`“]${body[key]}['"\`”]`).test(words)
  const levels = words.match(/\b(?:none|minimal|low|medium|high|xhigh|max)\b/g) ?? []
  const named = /reasoning|thinking|\bthink\b|\beffort\b/i.test(words)
  if (!named && !(said && new Set(levels).size > 1)) return null
  return UNKNOWN.test(words) ? { kind: "drop", key } : { kind: "dropValue", key, value }
}

/** The optional key that is named first. */
const dropKey: Rule = ({ words, body }) => {
  if (!REFUSES.test(words)) return null
  const named = DROPPABLE.flatMap((key) => {
    const at = key in body ? names(words, key) : -1
    return at >= 0 ? [{ key, at }] : []
  })
  const [first] = named.toSorted((a, b) => a.at - b.at)
  return first ? { kind: "drop", key: first.key } : null
}

/** Chat templates of the Gemma family, on vLLM and Google. */
const moveInstructions: Rule = ({ words }) =>
  /system (?:role|messages?|prompts?|instructions?) (?:(?:is|are) )?not (?:supported|enabled|allowed)|not support (?:the |a )?system|developer instruction is not enabled/i.test(
    words,
  )
    ? { kind: "systemRole" }
    : null

/** pydantic, Rust, older gateways. */
const joinTexts: Rule = ({ words }) =>
  /content\b.{0,40}(?:must be a string|valid string|should be a string)|(?:sequence|array|list),? expected a? ?string/i.test(
    words,
  )
    ? { kind: "plainContent" }
    : null

const RULES: Rule[] = [
  renameLimit,
  lowerLimit,
  dropTools,
  simplerFormat,
  dropOldThinking,
  moveInstructions,
  joinTexts,
  dropThinking,
  dropKey,
]

/** Statuses with which servers report something unknown. llama.cpp uses 500, OpenRouter 404. */
const STATUSES = new Set([400, 404, 415, 422, 500, 501])

/** What to change so that the server accepts the request; null if its words call for nothing that we may change. */
export function changeFor(refusal: Refusal): Change | null {
  if (!STATUSES.has(refusal.status) || refusal.words === "") return null
  for (const rule of RULES) {
    const change = rule(refusal)
    if (change) return change
  }
  return null
}
