/** Has a model write a schema from a person's description. It counts as an answer, with the same costs and limits. */
import { generateText, type LanguageModelUsage } from "ai"
import { costOf, usageOf } from "@/lib/ai/accounting"
import { outputTokens } from "@/lib/ai/output-limit"
import { REFUSED, schemaPrompt } from "@/lib/ai/prompts/schema"
import { languageModel, requiresApiKey } from "@/lib/ai/provider"
import { toUpstreamError } from "@/lib/ai/upstream/upstream-errors"
import type { SessionUser } from "@/lib/auth/sessions"
import { raw } from "@/lib/db/client"
import { consumeAnswers, recordUsage } from "@/lib/db/quota"
import { takeGuestAnswers } from "@/lib/generation/guest-budget"
import { AppError } from "@/lib/http/errors"
import { isRecord } from "@/lib/is-record"
import { MAX_SCHEMA_NAME } from "@/lib/limits"
import { logFault } from "@/lib/log"
import { estimateTokens } from "@/lib/messages/tokens"
import type { ChatSettings } from "@/lib/messages/types"
import type { ModelInfo } from "@/lib/models/model.types"
import { countSpending } from "@/lib/observe/meters"
import { WITHOUT_CONTENT } from "@/lib/observe/trace"
import { schemaProblem } from "@/lib/output/check"
import { jsonIn } from "@/lib/output/json-in-text"
import { prettyJson } from "@/lib/output/json-source"
import { modelOf } from "@/lib/own-key/payer"
import { offeredModels, requireOffered } from "@/lib/quota/offers"
import { paymentOf, quotaError } from "@/lib/quota/quotas"
import { consumeRateLimit } from "@/lib/quota/rates"

const TIMEOUT_MS = 120_000
/** Tokens for a schema, in addition to the thinking that its model can't turn off. */
const SCHEMA_TOKENS = 8_000
/** Maximum attempts: the second one includes what was wrong. */
const TRIES = 2

export interface Described {
  /** JSON Schema. */
  text: string
  /** The name that the model gives it, "" if none. */
  name: string
}

interface Asking {
  user: SessionUser
  model: ModelInfo
  key: string | undefined
  words: string
  signal: AbortSignal
}

/**
 * Asks a model (the default one, unless another is named) for a schema of the described data. Its output is checked,
 * and requested once more if it can't be used. Throws `schema:not_written`, `limit:reached`, and the model server's
 * errors.
 */
export async function describeSchema(
  user: SessionUser,
  { words, model: wanted }: { words: string; model?: string },
  signal: AbortSignal,
): Promise<Described> {
  await consumeRateLimit(user.id, "messages")
  const model = await modelOf(user.id, wanted ?? (await offeredModels(user)).default)
  await requireOffered(user, model)
  const { key, taken } = await paymentOf(user, [model])
  const giveBack = await takeGuestAnswers(user, 1)
  try {
    if (taken) await raw().transact([consumeAnswers(taken)])
  } catch (error) {
    giveBack()
    throw await quotaError(user, error)
  }
  const asking = { user, model, key, words, signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]) }
  let problem: string | null = null
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const read = await schemaIn(user.id, await ask(asking, problem))
    if ("text" in read) return read
    problem = read.problem
  }
  throw new AppError("schema:not_written", { values: { model: model.name } })
}

async function ask({ user, model, key, words, signal }: Asking, problem: string | null): Promise<string> {
  const settings: ChatSettings = { temperature: 0.2, maxTokens: SCHEMA_TOKENS }
  const asked = { settings, least: true }
  const prompt = schemaPrompt(words, problem)
  try {
    const { text, totalUsage } = await generateText({
      model: languageModel({ model, conversationId: `${user.id}-schema`, userId: user.id, key, ...asked }),
      ...prompt,
      maxOutputTokens: outputTokens(model, asked, estimateTokens(prompt.prompt)),
      telemetry: WITHOUT_CONTENT,
      maxRetries: 0,
      abortSignal: signal,
    })
    await note(user.id, model, totalUsage, key !== undefined && requiresApiKey(model)).catch((error: unknown) =>
      logFault("recording the usage of a schema draft", error),
    )
    return text
  } catch (error) {
    throw toUpstreamError(error)
  }
}

async function note(
  userId: string,
  { id, price }: ModelInfo,
  usage: LanguageModelUsage,
  ownKey: boolean,
): Promise<void> {
  const tokens = usageOf.tokens(usage)
  if (!tokens) return
  const costUsd = price && !ownKey ? costOf(tokens, price) : 0
  countSpending({ ...tokens, costUsd, ownKey })
  await recordUsage({ userId, model: id, answers: 1, inputTokens: tokens.input, outputTokens: tokens.output, costUsd })
}

/** The schema in a model's answer, or what is wrong with it, for the model to read. */
async function schemaIn(userId: string, said: string): Promise<Described | { problem: string }> {
  const { json } = jsonIn(said)
  let schema: unknown
  try {
    schema = JSON.parse(json)
  } catch {
    return { problem: REFUSED.noJson }
  }
  if (!isRecord(schema) || !isRecord(schema.properties ?? schema.items)) return { problem: REFUSED.noSchema }
  const found = await schemaProblem(userId, schema)
  if (found) return { problem: `At “${found.path}”: ${found.message}` }
  const { title } = schema
  return { text: prettyJson(json), name: typeof title === "string" ? title.slice(0, MAX_SCHEMA_NAME) : "" }
}
