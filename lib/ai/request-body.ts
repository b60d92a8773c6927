/** The body of a question as its server takes it: what a person has set, what its model knows, what only Fireworks knows. */

import { createHmac } from "node:crypto"
import { config } from "@/lib/config"
import { isRecord } from "@/lib/is-record"
import type { ChatSettings } from "@/lib/messages/types"
import type { ModelInfo } from "@/lib/models/model.types"
import { effortFor, leastEffort } from "@/lib/models/thinking"

export interface Asking {
  model: ModelInfo
  /** Keeps one conversation on one replica, so that its prefix stays cached. */
  conversationId: string
  /** Whose question it is. */
  userId: string
  settings?: ChatSettings
  /** It needs no thought: the least that the model takes is asked for. */
  least?: boolean
}

type Body = Record<string, unknown>

/** What the SDK has made of a question, with the members that it has no word for. */
export function requestBody(body: Body, asking: Asking, fireworks: boolean): Body {
  const asked = { ...plainFormat(body), ...chosen(asking.settings ?? {}), ...thinking(asking) }
  return fireworks ? { ...asked, ...forFireworks(asking, body.stream === true) } : asked
}

/**
 * Sent only when set, to whichever server: most know them, and one that doesn't says so.
 * Ranges: https://docs.fireworks.ai/api-reference/post-chatcompletions
 */
function chosen(settings: ChatSettings): Body {
  const { temperature, topP, topK, minP, frequencyPenalty, presencePenalty, repetitionPenalty, seed, stop } = settings
  const { alternatives } = settings
  return withoutUndefined({
    temperature,
    top_p: topP,
    top_k: topK,
    min_p: minP,
    frequency_penalty: frequencyPenalty,
    presence_penalty: presencePenalty,
    repetition_penalty: repetitionPenalty,
    seed,
    stop,
    ...(alternatives === undefined ? {} : { logprobs: true, top_logprobs: alternatives }),
  })
}

/**
 * Of a model of which nothing is known no effort is asked, unless the person chose one. With structured output as well:
 * Fireworks turned thinking off there, and on models that can't do without it nobody knows; what a person chose is a
 * word that the model takes in any case.
 */
function thinking({ model: { efforts }, settings: { reasoning } = {}, least }: Asking): Body {
  const effort = (least && leastEffort(efforts)) || (reasoning && effortFor(efforts, reasoning))
  return effort ? { reasoning_effort: effort } : {}
}

/** The keys that only Fireworks knows. A cache is shared by nobody but the person whose words are in it. */
function forFireworks({ conversationId, userId, settings }: Asking, stream: boolean): Body {
  return {
    prompt_cache_key: conversationId,
    prompt_cache_isolation_key: isolationKey(userId),
    ...(settings?.safeTokens ? { safe_tokenization: true } : {}),
    ...(stream ? { perf_metrics_in_response: true } : {}),
  }
}

/** The same for all that a person asks; tells nobody who it is. */
const isolationKey = (userId: string): string =>
  createHmac("sha256", config().authSecret).update(`prompt cache of ${userId}`).digest("base64url").slice(0, 32)

/** `strict` is OpenAI's; Fireworks documents name and schema. */
function plainFormat(body: Body): Body {
  const format = body.response_format
  if (!isRecord(format) || !isRecord(format.json_schema)) return body
  const { name, schema } = format.json_schema
  return { ...body, response_format: { ...format, json_schema: { name, schema } } }
}

const withoutUndefined = (body: Body): Body =>
  Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined))
