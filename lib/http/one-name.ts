/**
 * `127.0.0.1`, `[::1]`, and `localhost` are one place to people, but three to browsers: cookies and storage belong to a
 * name. So pages opened by one of the addresses are redirected to the name.
 */
import { randomUUID } from "node:crypto"
import { get } from "node:http"
import { peerOf } from "@/lib/http/peer"
import { singleton } from "@/lib/singleton"

/** What browsers may resolve `localhost` to, regardless of the system's settings. */
const ADDRESSES = ["127.0.0.1", "::1"]
const BY_ADDRESS = /^(127\.\d{1,3}\.\d{1,3}\.\d{1,3}|\[::1\])$/
/** Timeout in milliseconds for this process's request to itself, and how long the result is cached. */
const PATIENCE_MS = 1_000
const FRESH_MS = 5_000

/** Identifies this process, or all workers behind one port, to itself: `GET /api/health` responds with it. */
export const PROCESS_HEADER = "x-sparkler-process"
export const processName = (): string => singleton("processName", () => process.env.SPARKLER_PROCESS ?? randomUUID())

interface Asked {
  method: string
  headers: Headers
  /** Path and query. */
  address: string
  /** The port this process listens on. */
  port: number
  appUrl: string | undefined
}

/**
 * The URL where a page should be opened instead, or null. Only for a page that a browser on this machine opens in a
 * tab: not for requests by programs or pages, nor through a proxy or another port, and not if `APP_URL` sets the name.
 */
export function byName({ method, headers, address, port, appUrl }: Asked): URL | null {
  if (appUrl || method !== "GET") return null
  if (headers.get("sec-fetch-mode") !== "navigate" || headers.get("sec-fetch-dest") !== "document") return null
  const peer = peerOf(headers)
  if (!peer || peer.forwarded || !/^(::1|(::ffff:)?127\.)/.test(peer.address)) return null
  const host = `http://${headers.get("host") ?? ""}`
  if (!URL.canParse(host)) return null
  const { hostname, port: asked } = new URL(host)
  if (!BY_ADDRESS.test(hostname) || Number(asked || 80) !== port) return null
  const target = new URL(`http://localhost:${port}`)
  const [path = "/", ...query] = address.split("?")
  target.pathname = path
  target.search = query.join("?")
  return target
}

/**
 * Whether `localhost` is this process, at every address a browser may resolve it to: another server may occupy one of
 * them.
 */
export async function isReachedByName(port: number): Promise<boolean> {
  const known = singleton("reachedByName", () => ({ until: 0, answer: Promise.resolve(false) }))
  if (Date.now() > known.until) {
    known.until = Date.now() + FRESH_MS
    known.answer = Promise.all(ADDRESSES.map((address) => whoIsAt(address, port))).then(
      (all) => all.includes("this") && !all.includes("another"),
    )
  }
  return known.answer
}

function whoIsAt(address: string, port: number): Promise<"this" | "another" | "nobody"> {
  return new Promise((resolve) => {
    const request = get(
      { host: address, port, path: "/api/health", headers: { host: "localhost" }, timeout: PATIENCE_MS, agent: false },
      (response) => {
        resolve(response.headers[PROCESS_HEADER] === processName() ? "this" : "another")
        response.destroy()
      },
    )
    request.on("timeout", () => {
      resolve("another")
      request.destroy()
    })
    request.on("error", (error) => resolve("code" in error && isNobody(error.code) ? "nobody" : "another"))
  })
}

const isNobody = (code: unknown) =>
  code === "ECONNREFUSED" || code === "EADDRNOTAVAIL" || code === "EAFNOSUPPORT" || code === "ENETUNREACH"
