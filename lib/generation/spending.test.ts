/** What an answer used and cost, what the cache saved, and where it was cut off. */
import { v7 as uuidv7 } from "uuid"
import { expect, test } from "vitest"
import { ask, MODEL, modules, never, send, setUp, stored, user } from "@/lib/generation/generation.fixture"
import { KNOWN_MODELS } from "@/lib/models/catalogue.data"

setUp()

const priceOf = (id: string) => {
  const price = KNOWN_MODELS.find((model) => model.id === id)?.price
  if (!price) throw new Error("no price")
  return price
}

test("the second question reports what the cache saved, and the conversation's total includes it", async () => {
  const { totalsOf } = await modules()
  const first = ask("[[echo]] a long beginning, of many words, that stays")
  await (await send(first)).response?.text()
  await (await send(ask("[[echo]] and on", { id: first.id }))).response?.text()
  const [, one, , two] = await stored(first.id)
  expect(one?.metadata?.usage?.savedUsd).toBeUndefined()
  const usage = two?.metadata?.usage
  const { input, cachedInput, output } = priceOf(MODEL)
  expect(usage?.cachedInput).toBeGreaterThan(0)
  expect(usage?.savedUsd).toBeCloseTo(((usage?.cachedInput ?? 0) * (input - cachedInput)) / 1e6, 10)
  const fresh = (usage?.input ?? 0) - (usage?.cachedInput ?? 0)
  const cost = fresh * input + (usage?.cachedInput ?? 0) * cachedInput + (usage?.output ?? 0) * output
  expect(two?.metadata?.costUsd).toBeCloseTo(cost / 1e6, 10)
  const totals = await totalsOf(user.id, first.id)
  expect(totals.usage.savedUsd).toBeCloseTo(usage?.savedUsd ?? 0, 10)
  expect(totals.costUsd).toBeCloseTo((one?.metadata?.costUsd ?? 0) + (two?.metadata?.costUsd ?? 0), 10)
})

test("a truncated answer reports its token limit until it is continued to its end", async () => {
  const { continueAnswer, followMessages } = await modules()
  const question = ask("[[words n=60]]", { settings: { maxTokens: 40 } })
  await (await send(question)).response?.text()
  const answer = async () => (await stored(question.id)).at(-1)
  const cut = await answer()
  expect(cut?.metadata).toMatchObject({ finishReason: "length", usage: { limit: 40 } })
  let whole = cut
  for (let runs = 0; runs < 9 && whole?.metadata?.finishReason === "length"; runs++) {
    await continueAnswer(user, question.id, { messageId: cut?.id ?? "", generationId: uuidv7() })
    await (await followMessages(user.id, [cut?.id ?? ""], { signal: never }))?.text()
    whole = await answer()
  }
  expect(whole?.metadata?.finishReason).toBe("stop")
  expect(whole?.metadata?.usage?.limit).toBeUndefined()
})

test("thinking tokens are counted when the server reports them", async () => {
  const question = ask("Why is the sky blue?", { settings: { reasoning: "high" } })
  await (await send(question)).response?.text()
  expect((await stored(question.id)).at(-1)?.metadata?.usage?.reasoning).toBeGreaterThan(0)
})
