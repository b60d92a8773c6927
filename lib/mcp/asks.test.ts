/** A form of a running call, answered in the process that runs the call, and in another. */
import { v7 as uuidv7 } from "uuid"
import { afterAll, beforeAll, expect, test } from "vitest"
import { type Hub, startHub } from "@/lib/bus/hub.fixture"
import { connectHub } from "@/lib/bus/hub-client.fixture"
import { Asks } from "@/lib/mcp/asks"
import type { Server } from "@/lib/mcp/servers"
import type { CallNews } from "@/lib/messages/call-news"

let hub: Hub
const ends: (() => Promise<unknown>)[] = []
beforeAll(async () => {
  hub = await startHub()
})
afterAll(async () => {
  await Promise.all(ends.map((end) => end()))
  await hub.close()
})

/** A separate process, as far as the bus is concerned. */
async function process(): Promise<Asks> {
  const { bus, close } = await connectHub(hub.socket)
  ends.push(close)
  return new Asks(() => bus)
}

const userId = uuidv7()
const server: Server = {
  ...{ id: "s", userId, name: "s", slug: "s", url: "http://127.0.0.1:9", headers: {}, own: false, enabled: true },
  ...{ revision: "", only: undefined, unasked: false, row: null },
}
const requestedSchema = { type: "object", properties: { count: { type: "integer", maximum: 5 } }, required: ["count"] }

/** A call that shows a form; `form` is the form's ID once it is shown. */
async function asking(asks: Asks, abort = new AbortController()) {
  const news: CallNews[] = []
  const call = { toolCallId: "c", signal: abort.signal, say: (one: CallNews) => void news.push(one), waits: () => {} }
  const answered = asks.ask(call, server, { message: "How many?", requestedSchema })
  await expect.poll(() => news.at(-1)?.ask?.id).toEqual(expect.any(String))
  return { answered, news, form: news.at(-1)?.ask?.id ?? "", abort }
}

test("the user's response reaches the call in another process", async () => {
  const [holds, other] = [await process(), await process()]
  const { answered, form, news } = await asking(holds)
  await other.answer(userId, form, { action: "accept", content: { count: 3 } })
  expect(await answered).toEqual({ action: "accept", content: { count: 3 } })
  expect(news.at(-1)).toEqual({ toolCallId: "c", ask: null })
})

test("there, too, other users can't respond, and invalid responses are rejected", async () => {
  const [holds, other] = [await process(), await process()]
  const { answered, form } = await asking(holds)
  for (const asks of [holds, other]) {
    await expect(asks.answer(uuidv7(), form, { action: "decline" })).rejects.toMatchObject({ code: "mcp:ask_over" })
    await expect(asks.answer(userId, form, { action: "accept", content: { count: 9 } })).rejects.toMatchObject({
      code: "mcp:ask_wrong",
    })
  }
  await other.answer(userId, form, { action: "decline" })
  expect(await answered).toEqual({ action: "decline" })
  await expect(holds.answer(userId, form, { action: "decline" })).rejects.toMatchObject({ code: "mcp:ask_over" })
})

test("a call that ends cancels its form", async () => {
  const { answered, abort, form } = await asking(await process())
  abort.abort()
  expect(await answered).toEqual({ action: "cancel" })
  await expect((await process()).answer(userId, form, { action: "decline" })).rejects.toMatchObject({
    code: "mcp:ask_over",
  })
})

test("an unsupported form, or one nobody can see, is answered immediately", async () => {
  const asks = await process()
  const odd = { type: "object", properties: { file: { type: "object" } } }
  expect(await asks.ask(null, server, { message: "?", requestedSchema: odd })).toEqual({ action: "decline" })
  expect(await asks.ask(null, server, { message: "?", mode: "url" })).toEqual({ action: "decline" })
  expect(await asks.ask(null, server, { message: "?", requestedSchema })).toEqual({ action: "cancel" })
})
