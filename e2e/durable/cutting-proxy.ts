/** A TCP proxy in front of the app that breaks connections in mid-answer, as a bad network does. */
import { type AddressInfo, connect, createServer, type Socket } from "node:net"

interface CuttingProxy {
  url: string
  /** Bytes of the next answers after which their connections are destroyed, one entry per connection; empty: no cut. */
  plan: number[]
  /** Number of cuts so far. */
  cuts(): number
  close(): Promise<void>
}

/** Milliseconds in which a browser reads what has arrived. */
const READ_MS = 50

/** The head of any request. */
const REQUEST = /^[A-Z]+ \S+ HTTP\/1\.1\r\n/

/** The head of a request whose response is the stream of an answer. */
const ANSWER = /^(POST \/api\/chat|GET \/api\/chat\/[^/ ]+\/stream[^ ]*) HTTP\/1\.1\r\n/

export async function startCuttingProxy(target: string): Promise<CuttingProxy> {
  const { port, hostname } = new URL(target)
  const plan: number[] = []
  const sockets = new Set<Socket>()
  let cuts = 0

  const server = createServer((client) => {
    const upstream = connect(Number(port), hostname)
    let left: number | undefined
    let broken = false
    const end = () => {
      client.destroy()
      upstream.destroy()
      sockets.delete(client)
    }
    sockets.add(client)
    client.on("data", (bytes) => {
      // Browsers send a request's headers in one chunk. Other traffic on the same connection isn't cut.
      const head = bytes.toString("latin1")
      if (REQUEST.test(head)) left = ANSWER.test(head) ? plan.shift() : undefined
      upstream.write(bytes)
    })
    upstream.on("data", (bytes) => {
      if (broken) return
      if (left !== undefined && bytes.length >= left) {
        broken = true
        // Alternates: the data is either read before the connection ends, or lost with it, because a browser drops
        // unread data.
        const destroy = cuts++ % 2 === 0 ? () => setTimeout(end, READ_MS) : () => client.resetAndDestroy()
        client.write(bytes.subarray(0, left), destroy)
        return
      }
      if (left !== undefined) left -= bytes.length
      client.write(bytes)
    })
    for (const socket of [client, upstream]) socket.on("error", end).on("close", end)
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  const address: AddressInfo | string | null = server.address()
  if (typeof address !== "object" || !address) throw new Error("no port")
  return {
    url: `http://127.0.0.1:${address.port}`,
    plan,
    cuts: () => cuts,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const socket of sockets) socket.destroy()
      }),
  }
}
