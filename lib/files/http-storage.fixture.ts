/** A second make of the file store, over HTTP, with the server that it asks: as an object store would be. */
import { createHash } from "node:crypto"
import { once } from "node:events"
import { createServer } from "node:http"
import { z } from "zod"
import { checkKey } from "@/lib/files/keys"
import type { FileStorage } from "@/lib/files/storage"

export async function startHttpStorage(): Promise<{ storage: FileStorage; close: () => void }> {
  const objects = new Map<string, { data: Buffer; modifiedAt: Date }>()
  const server = createServer(async (request, response) => {
    const key = (request.url ?? "").slice(1)
    const found = objects.get(key)
    if (request.method === "PUT") {
      const pieces: Buffer[] = []
      try {
        for await (const piece of request) pieces.push(piece)
      } catch {
        return
      }
      objects.set(key, { data: Buffer.concat(pieces), modifiedAt: new Date() })
      return void response.end()
    }
    if (request.method === "DELETE") {
      objects.delete(key)
      return void response.end()
    }
    if (!key)
      return void response.end(
        JSON.stringify(
          [...objects].map(([name, { data, modifiedAt }]) => ({ key: name, size: data.length, modifiedAt })),
        ),
      )
    if (!found) return void response.writeHead(404).end()
    const [, start, end] = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? "") ?? []
    response.setHeader("x-size", found.data.length)
    response.end(start === undefined ? found.data : found.data.subarray(Number(start), Number(end) + 1))
  })
  server.listen(0, "127.0.0.1")
  await once(server, "listening")
  const { port } = z.object({ port: z.number() }).parse(server.address())
  const ask = (key: string, init: RequestInit = {}) => {
    checkKey(key)
    return fetch(`http://127.0.0.1:${port}/${key}`, init)
  }
  const storage: FileStorage = {
    put: async (key, bytes) => {
      const hash = createHash("sha256")
      let size = 0
      const body = new ReadableStream<Uint8Array>({
        start: async (controller) => {
          try {
            for await (const piece of bytes) {
              hash.update(piece)
              size += piece.byteLength
              controller.enqueue(piece)
            }
            controller.close()
          } catch (error) {
            controller.error(error)
          }
        },
      })
      const init: RequestInit & { duplex: "half" } = { method: "PUT", body, duplex: "half" }
      await ask(key, init)
      return { size, sha256: hash.digest("hex") }
    },
    get: async (key, range) => {
      const response = await ask(key, range ? { headers: { range: `bytes=${range.start}-${range.end}` } } : {})
      const { body } = response.ok ? response : { body: null }
      if (!response.ok) {
        await response.body?.cancel()
        return null
      }
      return {
        size: Number(response.headers.get("x-size")),
        body: body ?? new ReadableStream({ start: (c) => c.close() }),
      }
    },
    has: async (key) => (await ask(key, { method: "HEAD" })).ok,
    remove: async (key) => void (await ask(key, { method: "DELETE" })),
    list: async function* () {
      const schema = z.array(z.object({ key: z.string(), size: z.number(), modifiedAt: z.coerce.date() }))
      yield* schema.parse(await (await fetch(`http://127.0.0.1:${port}/`)).json())
    },
  }
  const close = () => {
    server.closeAllConnections()
    server.close()
  }
  return { storage, close }
}
