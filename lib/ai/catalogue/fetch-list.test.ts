import { createServer, type ServerResponse } from "node:http"
import { expect, onTestFinished, test } from "vitest"
import { fetchJson } from "@/lib/ai/catalogue/fetch-list"

/** Resolves when the buffer has drained, or nobody reads anymore. */
const drained = (response: ServerResponse) =>
  new Promise<void>((resolve) => {
    const done = () => {
      response.off("drain", done)
      response.off("close", done)
      resolve()
    }
    response.on("drain", done)
    response.on("close", done)
  })

/** Reads a list that a server sends in these pieces. Also returns how many were taken. */
async function read(pieces: string[]): Promise<{ taken: number; list: Promise<unknown> }> {
  const sent = { taken: 0 }
  const server = createServer(async (_, response) => {
    for (const piece of pieces) {
      if (response.destroyed) return
      sent.taken++
      if (!response.write(piece)) await drained(response)
    }
    response.end()
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  onTestFinished(() => void server.close())
  const address = server.address()
  const port = typeof address === "object" ? address?.port : 0
  const { signal } = new AbortController()
  const list = fetchJson({ url: `http://127.0.0.1:${port}`, apiKey: undefined, signal }, "/models")
  await list.catch(() => {})
  return { taken: sent.taken, list }
}

test.each<[what: string, list: string]>([
  ["half a million values", `{"data":[${"1,".repeat(500_000)}1]}`],
  ["100,000 levels", `{"data":${"[".repeat(100_000)}${"]".repeat(100_000)}}`],
])("a list of %s is rejected before it is parsed", async (_, list) => {
  await expect((await read([list])).list).rejects.toThrow("too many values")
})

test("an endless list is not read to the end", async () => {
  const piece = `{"id":"${"x".repeat(100_000)}"},`
  const { taken, list } = await read(['{"data":[', ...Array.from({ length: 1_000 }, () => piece)])
  await expect(list).rejects.toThrow("too large")
  expect(taken).toBeLessThan(400)
})

test("a list of a thousand models is accepted", async () => {
  const models = Array.from({ length: 1_000 }, (_, n) => ({
    id: `m${n}`,
    description: "d".repeat(500),
    pricing: { a: 1 },
  }))
  await expect((await read([JSON.stringify({ data: models })])).list).resolves.toEqual({ data: models })
})
