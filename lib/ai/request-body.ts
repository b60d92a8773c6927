/** The request body for a server: what the user has set, what the model supports, what only Fireworks supports. */

import { createHmac } from "node:crypto"
import { config } from "@/lib/config"
import { isRecord } from "@/lib/is-record"
import type { ChatSettings } from "@/lib/messages/types"
import type { ModelInfo } from "@/lib/models/model.types"
import { effortFor, minEffort } from "@/lib/models/thinking"

export interface Asking {
  model: ModelInfo
  /** Keeps one conversation on one replica, so that its prefix stays cached. */
  conversationId: string
  /** The user who asks. */
  userId: string
  settings?: ChatSettings
  /** Needs no reasoning: requests the least the model accepts. */
  least?: boolean
}

type Body = Record<string, unknown>

/** Adds the members that the SDK doesn't support to the body it built. */
export function requestBody(body: Body, asking: Asking, fireworks: boolean): Body {
  const asked = { ...plainFormat(body), ...chosen(asking.settings ?? {}), ...thinking(asking) }
  return fireworks ? { ...asked, ...forFireworks(asking, body.stream === true) } : asked
}

/**
 * Sent only if set, to any server: most know them, and one that doesn't says so. Ranges:
 * https://docs.fireworks.ai/api-reference/post-chatcompletions
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
 * No effort is sent for an unknown model, unless the user chose one. Sent with structured output as well: Fireworks
 * turned reasoning off there, and for models that can't do without it the effect is unknown; a level the user chose is
 * one that the model accepts in any case.
 */
function thinking({ model: { efforts }, settings: { reasoning } = {}, least }: Asking): Body {
  const effort = (least && minEffort(efforts)) || (reasoning && effortFor(efforts, reasoning))
  return effort ? { reasoning_effort: effort } : {}
}

/** Keys that only Fireworks supports. A cache is shared with nobody but the user whose words are in it. */
function forFireworks({ conversationId, userId, settings }: Asking, stream: boolean): Body {
  return {
    prompt_cache_key: conversationId,
    prompt_cache_isolation_key: isolationKey(userId),
    ...(settings?.safeTokens ? { safe_tokenization: true } : {}),
    ...(stream ? { perf_metrics_in_response: true } : {}),
  }
}

/** The same for all requests of a user; doesn't reveal who it is. */
const isolationKey = (userId: string): string =>
  createHmac("sha256", config().authSecret).update(`prompt cache of ${userId}`).digest("base64url").slice(0, 32)

/** `strict` is OpenAI's; Fireworks documents only name and schema. */
function plainFormat(body: Body): Body {
  const format = body.response_format
  if (!isRecord(format) || !isRecord(format.json_schema)) return body
  const { name, schema } = format.json_schema
  return { ...body, response_format: { ...format, json_schema: { name, schema } } }
}

const withoutUndefined = (body: Body): Body =>
  Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined))
