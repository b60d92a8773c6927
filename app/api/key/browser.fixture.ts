/** A browser that sets a key: where it runs, how it addresses this server, and its cookies. */
import { randomUUID } from "node:crypto"
import { GET, PUT } from "@/app/api/key/route"
import { GOOD_KEY } from "@/lib/ai/account.fixture"
import { testSession } from "@/lib/auth/guest.fixture"
import { sessionCookieName } from "@/lib/auth/token"
import type { Database } from "@/lib/db/client"
import { markPeer } from "@/lib/server/peer.mjs"

type Handler = (request: Request, context: unknown) => Promise<Response>

export class Browser {
  readonly id = randomUUID()
  private readonly cookies = new Map<string, string>()
  constructor(private readonly from: { remoteAddress?: string; headers?: Record<string, string> } = {}) {}

  async ask(handler: Handler, method: string, body?: unknown, more: Record<string, string> = {}): Promise<Response> {
    if (!this.cookies.has(sessionCookieName()))
      this.cookies.set(sessionCookieName(), (await testSession(this.id)).split("=")[1] ?? "")
    const headers: Record<string, string> = {
      host: "localhost:3000",
      ...(method === "GET" ? {} : { origin: `http://${this.from.headers?.host ?? "localhost:3000"}` }),
      cookie: [...this.cookies].map((pair) => pair.join("=")).join("; "),
      ...this.from.headers,
      ...more,
    }
    if (headers.origin === "") delete headers.origin
    markPeer({ headers, socket: { remoteAddress: this.from.remoteAddress ?? "127.0.0.1" }, httpVersion: "1.1" })
    const init = body === undefined ? {} : { body: JSON.stringify(body) }
    const response = await handler(
      new Request("http://localhost:3000/api/any", { method, headers, ...init }),
      undefined,
    )
    for (const cookie of response.headers.getSetCookie()) {
      const [name = "", value = ""] = cookie.split(";")[0]?.split(/=(.*)/s) ?? []
      this.cookies.set(name, value)
    }
    return response
  }

  async access() {
    return (await this.ask(GET, "GET")).json()
  }

  put(key = GOOD_KEY, more?: Record<string, string>) {
    return this.ask(PUT, "PUT", { key }, more)
  }

  /** Creates a conversation in the database. */
  async use(database: Database, change: { deletedAt?: Date; temporary?: boolean } = {}): Promise<void> {
    await database.user.upsert({ where: { id: this.id }, create: { id: this.id }, update: {} })
    await database.conversation.create({ data: { id: randomUUID(), userId: this.id, title: "x", ...change } })
  }
}
