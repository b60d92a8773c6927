/** A TCP proxy in front of the app that interrupts uploads, like a bad or slow network. */
import { type AddressInfo, connect, createServer, type Socket } from "node:net"

interface UploadProxy {
  url: string
  /** The offsets from which upload chunks were sent, in order. */
  offsets: number[]
  /** After this many bytes, the rest of a chunk is held until `release`; null lets everything through. */
  holdAfter: number | null
  /** Releases held chunks. */
  release(): void
  /** Breaks the connections of held chunks. */
  cut(): void
  /** Number of chunks currently held. */
  held(): number
  close(): Promise<void>
}

/** The headers of a request that contains a chunk of an upload. */
const PIECE = /^PATCH \/api\/uploads\/[^ ]+ HTTP\/1\.1\r\n[\s\S]*?\r\n\r\n/

export async function startUploadProxy(target: string): Promise<UploadProxy> {
  const { port, hostname } = new URL(target)
  const sockets = new Set<Socket>()
  const waiting = new Map<Socket, { upstream: Socket; kept: Buffer[] }>()
  const server = createServer((client) => {
    const upstream = connect(Number(port), hostname)
    let left: number | null = null
    const end = () => {
      waiting.delete(client)
      client.destroy()
      upstream.destroy()
      sockets.delete(client)
    }
    sockets.add(client)
    client.on("data", (bytes) => {
      const text = bytes.toString("latin1")
      const [head] = PIECE.exec(text) ?? []
      if (head) {
        proxy.offsets.push(Number(/^upload-offset: (\d+)/im.exec(head)?.[1]))
        left = proxy.holdAfter === null ? null : head.length + proxy.holdAfter
      } else if (/^[A-Z]+ \/[^ ]* HTTP\/1\.1\r\n/.test(text)) left = null
      const held = waiting.get(client)
      if (held) held.kept.push(bytes)
      else if (left === null || bytes.length <= left) {
        if (left !== null) left -= bytes.length
        upstream.write(bytes)
      } else {
        upstream.write(bytes.subarray(0, left))
        waiting.set(client, { upstream, kept: [bytes.subarray(left)] })
        client.pause()
      }
    })
    upstream.on("data", (bytes) => client.write(bytes))
    for (const socket of [client, upstream]) socket.on("error", end).on("close", end)
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  const address: AddressInfo | string | null = server.address()
  if (typeof address !== "object" || !address) throw new Error("no port")
  const proxy: UploadProxy = {
    url: `http://127.0.0.1:${address.port}`,
    offsets: [],
    holdAfter: null,
    release: () => {
      for (const [client, { upstream, kept }] of waiting) {
        waiting.delete(client)
        for (const bytes of kept) upstream.write(bytes)
        client.resume()
      }
    },
    cut: () => {
      for (const client of waiting.keys()) client.resetAndDestroy()
      waiting.clear()
    },
    held: () => waiting.size,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const socket of sockets) socket.destroy()
      }),
  }
  return proxy
}
