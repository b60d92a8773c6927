/** A proxy on 127.0.0.1 that maps every name to servers on 127.0.0.1, for tests. */
import http from "node:http"
import net from "node:net"

export interface TestProxy {
  /** `http://127.0.0.1:PORT`. */
  url: string
  /** Requests it received: `CONNECT model.example:443`, `GET http://model.example/v1/models`. */
  asked: string[]
  /** `proxy-authorization` of each request. */
  credentials: (string | undefined)[]
  /** Responds to everything with this status; 0 resumes normal operation. */
  refuse(status: number): void
  /** Accepts connections but stops responding. */
  beSilent(): void
  close(): Promise<void>
}

/** `ports` maps hosts to local ports; other hosts are unreachable (502). */
export async function startProxy(ports: Record<string, number>): Promise<TestProxy> {
  const asked: string[] = []
  const credentials: (string | undefined)[] = []
  const sockets = new Set<net.Socket>()
  let status = 0
  let silent = false
  const note = (request: http.IncomingMessage) => {
    asked.push(`${request.method} ${request.url}`)
    credentials.push(request.headers["proxy-authorization"])
  }
  const server = http.createServer((request, response) => {
    note(request)
    if (silent) return
    const url = new URL(request.url ?? "")
    const port = ports[url.host]
    if (status > 0 || port === undefined) return void response.writeHead(status || 502).end()
    const onward = http.request(
      { port, host: "127.0.0.1", method: request.method, path: url.pathname + url.search, headers: request.headers },
      (answer) => answer.pipe(response.writeHead(answer.statusCode ?? 502, answer.headers)),
    )
    onward.on("error", () => response.destroy())
    request.pipe(onward)
  })
  server.on("connect", (request: http.IncomingMessage, socket: net.Socket, head: Buffer) => {
    note(request)
    if (silent) return
    const port = ports[request.url ?? ""]
    if (status > 0 || port === undefined) return void socket.end(`HTTP/1.1 ${status || 502} No\r\n\r\n`)
    const onward = net.connect(port, "127.0.0.1", () => {
      socket.write("HTTP/1.1 200 Connection established\r\n\r\n")
      onward.write(head)
      socket.pipe(onward).pipe(socket)
    })
    sockets.add(onward)
    for (const each of [socket, onward]) each.on("error", () => each.destroy())
  })
  server.on("connection", (socket) => void sockets.add(socket))
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  const address = server.address()
  if (typeof address !== "object" || !address) throw new Error("no port")
  return {
    url: `http://127.0.0.1:${address.port}`,
    asked,
    credentials,
    refuse: (next) => {
      status = next
    },
    beSilent: () => {
      silent = true
    },
    close: () => {
      for (const socket of sockets) socket.destroy()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}
