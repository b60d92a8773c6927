/** Token alternatives of an answer: requested, stored with it, and not in the way of anything else. */
import { v7 as uuidv7 } from "uuid"
import { expect, test } from "vitest"
import {
  answersAsked,
  ask,
  modules,
  never,
  send,
  setUp,
  started,
  stored,
  textOf,
  user,
} from "@/lib/generation/generation.fixture"

setUp()

const likelyOf = (message: Awaited<ReturnType<typeof stored>>[number] | undefined) =>
  message?.parts.flatMap((part) => (part.type === "data-alternatives" ? [part.data] : [])) ?? []

test("token alternatives are stored with the answer, for its text only", async () => {
  const question = ask("[[echo]] light and shade", { settings: { alternatives: 2 } })
  const { response } = await send(question)
  const stream = (await response?.text()) ?? ""
  const [, answer] = await stored(question.id)
  const [likely] = likelyOf(answer)
  expect(likely?.words.map(({ text }) => text).join("")).toBe(textOf(answer))
  expect(likely?.words[0]?.others).toHaveLength(2)
  expect(stream).toContain('"type":"data-alternatives"')
  // Late followers get them too, and the model never sees them.
  const { followMessages } = await modules()
  expect(await (await followMessages(user.id, [answer?.id ?? ""], { signal: never }))?.text()).toContain(
    '"type":"data-alternatives"',
  )
  const before = started.server.requests.length
  await (await send(ask("[[echo]] and more", { id: question.id }))).response?.text()
  const [next] = answersAsked(before)
  expect(JSON.stringify(next?.body)).toContain("and more")
  expect(JSON.stringify(next?.body)).not.toContain("chance")
})

test("no alternatives are stored unless requested", async () => {
  const question = ask("[[echo]] light and shade")
  await (await send(question)).response?.text()
  expect(likelyOf((await stored(question.id)).at(-1))).toEqual([])
})

test("a continued answer has no alternatives, since it took more than one request", async () => {
  const question = ask("[[words: 60]]", { settings: { alternatives: 0, maxTokens: 40 } })
  await (await send(question)).response?.text()
  const answer = (await stored(question.id)).at(-1)
  expect(likelyOf(answer)).toHaveLength(1)
  const { continueAnswer, followMessages } = await modules()
  await continueAnswer(user, question.id, { messageId: answer?.id ?? "", generationId: uuidv7() })
  await (await followMessages(user.id, [answer?.id ?? ""], { signal: never }))?.text()
  expect(likelyOf((await stored(question.id)).at(-1))).toEqual([])
})
