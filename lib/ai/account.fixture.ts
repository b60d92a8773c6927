/** A fake Fireworks for testing a key: its model list, the key's accounts, and their quotas. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http"
import type { AddressInfo } from "node:net"

export const GOOD_KEY = "fw_GoodKeyOfSomebody1234"

/** Response of a path: a status, and a body or a redirect target. */
export type Reply = [status: number, body?: unknown, location?: string]

export interface AccountServer {
  /** For `FIREWORKS_BASE_URL`. */
  url: string
  /** Requested paths, each with the key that was sent. */
  asked: { path: string; key: string | undefined }[]
  /** Responses of paths from now on, regardless of the key. */
  replies: Map<string, Reply>
  close(): Promise<void>
}

const MODELS = ["kimi-k3", "glm-5p3-flash"].map((name) => ({ id: `accounts/fireworks/models/${name}` }))
const DEFAULTS: [string, Reply][] = [
  ["/inference/v1/models", [200, { object: "list", data: MODELS }]],
  ["/v1/accounts", [200, { accounts: [{ name: "accounts/me" }] }]],
  [
    "/v1/accounts/me/quotas",
    [
      200,
      {
        quotas: [
          { name: "accounts/me/quotas/h100-us-iowa-1", value: "16", maxValue: "16", usage: 0 },
          { name: "accounts/me/quotas/monthly-spend-usd", value: "50", maxValue: "500", usage: 12.5 },
        ],
      },
    ],
  ],
]

/** Accepts only `GOOD_KEY`. */
export async function startAccountServer(): Promise<AccountServer> {
  const asked: AccountServer["asked"] = []
  const replies = new Map<string, Reply>()
  const known = new Map(DEFAULTS)
  const answer = (request: IncomingMessage, response: ServerResponse) => {
    const path = new URL(request.url ?? "", "http://x").pathname
    const key = request.headers.authorization?.replace(/^Bearer /, "")
    asked.push({ path, key })
    const unknown: Reply = [401, { error: { message: `Invalid API key: ${key}` } }]
    const [status, body, location] =
      replies.get(path) ?? (key === GOOD_KEY ? (known.get(path) ?? [404, { error: "not found" }]) : unknown)
    const text = typeof body === "string" ? body : JSON.stringify(body ?? {})
    response.writeHead(status, { "content-type": "application/json", ...(location ? { location } : {}) }).end(text)
  }
  const server = createServer(answer)
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  const address: AddressInfo | string | null = server.address()
  const port = typeof address === "object" && address ? address.port : 0
  return {
    url: `http://127.0.0.1:${port}/inference/v1`,
    asked,
    replies,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
