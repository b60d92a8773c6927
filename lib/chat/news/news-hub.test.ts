/** News over a bus that reaches other processes and can become unreachable. */
import { randomUUID } from "node:crypto"
import { afterAll, beforeAll, expect, test } from "vitest"
import { type Hub, startHub } from "@/lib/bus/hub.fixture"
import { connectHub, type HubClient } from "@/lib/bus/hub-client.fixture"
import { notifyModelsChanged, notifyOutlineChanged } from "@/lib/chat/news/news"
import { newsBlocks } from "@/lib/chat/news/news-stream"
import { singleton } from "@/lib/singleton"

let hub: Hub
let client: HubClient
beforeAll(async () => {
  hub = await startHub()
  client = await connectHub(hub.socket)
  singleton("bus", () => client.bus)
})
afterAll(async () => {
  await client.close()
  await hub.close()
})

test("a stream that may have missed events ends, so that its page reconnects and reads the current state", async () => {
  const userId = randomUUID()
  const streams = [0, 1].map(() => newsBlocks(userId, new AbortController().signal))
  for (const stream of streams) expect((await stream.next()).value).toContain("event: open")
  await notifyOutlineChanged(userId)
  await notifyOutlineChanged(randomUUID())
  await notifyModelsChanged()
  for (const stream of streams) {
    let heard = ""
    while (!heard.includes("models")) heard += (await stream.next()).value
    expect(heard).toBe('data: {"outline":true}\n\ndata: {"models":true}\n\n')
  }
  const ends = streams.map((stream) => stream.next())
  hub.cut()
  expect(await Promise.all(ends)).toEqual(ends.map(() => ({ done: true, value: undefined })))
  // After reconnecting, a page gets events again.
  const again = newsBlocks(userId, new AbortController().signal)
  await expect
    .poll(() =>
      client.bus.publish("any", "").then(
        () => true,
        () => false,
      ),
    )
    .toBe(true)
  expect((await again.next()).value).toContain("event: open")
  await notifyOutlineChanged(userId)
  expect((await again.next()).value).toContain("outline")
})
