/**
 * An MCP server that requires sign-in: the reference server behind a proxy that accepts only tokens of a real issuer
 * (`oidc-provider`). All on 127.0.0.1, each on its own port.
 */
import { request as ask, createServer, type IncomingMessage, type ServerResponse } from "node:http"
import Provider from "oidc-provider"
import { type Everything, freePort, startEverything } from "@/lib/mcp/everything.fixture"

export interface Guarded {
  /** URL of the MCP server. */
  url: string
  issuer: string
  /** Where the server says its metadata is; the standard location unless a test changes it. */
  metadataAt: string | null
  /** The authorization servers in the server's metadata. */
  issuers: string[]
  /** A scope required to call tools; null if only the sign-in scope is required. */
  callScope: string | null
  /** The user's decision at the issuer. */
  person: "signs in" | "refuses"
  /** Every request the issuer received, as `METHOD /path`. */
  asked: string[]
  /** Invalidates all access tokens; with `refresh`, also all refresh tokens. */
  expire(also?: "refresh"): Promise<void>
  close(): Promise<void>
}

/** Tokens in memory, so that a test can expire them. */
class Kept {
  static readonly all = new Map<string, { model: string; payload: Record<string, unknown> }>()
  constructor(private readonly model: string) {}
  private key = (id: string) => `${this.model} ${id}`
  upsert = async (id: string, payload: Record<string, unknown>) =>
    void Kept.all.set(this.key(id), { model: this.model, payload })
  find = async (id: string) => Kept.all.get(this.key(id))?.payload
  private by = async (name: string, value: string) =>
    [...Kept.all.values()].find(({ model, payload }) => model === this.model && payload[name] === value)?.payload
  findByUserCode = (code: string) => this.by("userCode", code)
  findByUid = (uid: string) => this.by("uid", uid)
  destroy = async (id: string) => void Kept.all.delete(this.key(id))
  consume = async (id: string) => {
    const kept = Kept.all.get(this.key(id))
    if (kept) kept.payload.consumed = Math.floor(Date.now() / 1_000)
  }
  revokeByGrantId = async (grantId: string) => {
    for (const [key, { payload }] of Kept.all) if (payload.grantId === grantId) Kept.all.delete(key)
  }
}

const forget = (model: string) => {
  for (const [key, kept] of Kept.all) if (kept.model === model) Kept.all.delete(key)
}

function providerAt(issuer: string, url: string): Provider {
  const provider: Provider = new Provider(issuer, {
    adapter: Kept,
    features: {
      devInteractions: { enabled: false },
      registration: { enabled: true },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => url,
        useGrantedResource: () => true,
        getResourceServerInfo: () => ({ scope: "mcp mcp:call", accessTokenFormat: "opaque", accessTokenTTL: 3_600 }),
      },
    },
    scopes: ["openid", "offline_access", "mcp", "mcp:call"],
    findAccount: (_context, sub) => ({ accountId: sub, claims: async () => ({ sub }) }),
    issueRefreshToken: () => true,
    loadExistingGrant: async ({ oidc }) => {
      const grant = new provider.Grant({ clientId: oidc.client?.clientId, accountId: oidc.session?.accountId })
      grant.addOIDCScope("openid offline_access mcp mcp:call")
      grant.addResourceScope(url, "mcp mcp:call")
      await grant.save()
      return grant
    },
    interactions: { url: (_context, { uid }) => `/interaction/${uid}` },
    cookies: { keys: ["of a test"] },
    pkce: { required: () => true },
  })
  return provider
}

export async function startGuarded(): Promise<Guarded> {
  const everything = await startEverything()
  const [port, issuerPort] = [await freePort(), await freePort()]
  const [origin, issuer] = [`http://127.0.0.1:${port}`, `http://127.0.0.1:${issuerPort}`]
  const url = `${origin}/mcp`
  const provider = providerAt(issuer, url)
  const handle = provider.callback()
  const ofIssuer = createServer((request, response) => {
    guarded.asked.push(`${request.method} ${request.url?.split("?")[0]}`)
    if (!request.url?.startsWith("/interaction/")) return void handle(request, response)
    const said =
      guarded.person === "signs in" ? { login: { accountId: "ann" }, consent: {} } : { error: "access_denied" }
    void provider.interactionFinished(request, response, said)
  })
  const tokenOf = async ({ headers }: IncomingMessage) => {
    const [, token] = /^Bearer (.+)$/.exec(headers.authorization ?? "") ?? []
    return token === undefined ? undefined : provider.AccessToken.find(token)
  }
  const door = createServer(async (request, response) => {
    const place = guarded.metadataAt
      ? new URL(guarded.metadataAt).pathname
      : "/.well-known/oauth-protected-resource/mcp"
    if (request.url === place)
      return json(response, 200, { resource: url, authorization_servers: guarded.issuers, scopes_supported: ["mcp"] })
    if (!request.url?.startsWith("/mcp")) return json(response, 404, {})
    const token = await tokenOf(request)
    const body = await read(request)
    const { callScope } = guarded
    const isAllowed = !callScope || !body.includes('"tools/call"') || token?.scope?.split(" ").includes(callScope)
    if (token && isAllowed) return passOn(request, body, response, everything)
    const at = guarded.metadataAt ?? `${origin}/.well-known/oauth-protected-resource/mcp`
    if (token) {
      const wants = `error="insufficient_scope", scope="${callScope}", resource_metadata="${at}"`
      response.setHeader("www-authenticate", `Bearer ${wants}`)
      return json(response, 403, { error: "insufficient_scope" })
    }
    response.setHeader("www-authenticate", `Bearer resource_metadata="${at}"`)
    json(response, 401, { error: "invalid_token" })
  })
  for (const [server, at] of [
    [door, port],
    [ofIssuer, issuerPort],
  ] as const)
    await new Promise<void>((resolve) => server.listen(at, "127.0.0.1", resolve))
  const guarded: Guarded = {
    ...{ url, issuer, metadataAt: null, issuers: [issuer], callScope: null, person: "signs in", asked: [] },
    expire: async (also) => {
      forget("AccessToken")
      if (also) forget("RefreshToken")
    },
    close: async () => {
      for (const server of [door, ofIssuer]) {
        server.closeAllConnections()
        await new Promise((resolve) => server.close(resolve))
      }
      await everything.kill()
    },
  }
  return guarded
}

const json = (response: ServerResponse, status: number, body: object) =>
  void response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body))

async function read(request: IncomingMessage): Promise<string> {
  let body = ""
  for await (const piece of request) body += piece
  return body
}

function passOn(request: IncomingMessage, body: string, response: ServerResponse, { port }: Everything): void {
  const { method, url, headers } = request
  // Hop-by-hop headers aren't forwarded.
  const { authorization: _, connection: __, ...rest } = headers
  const onward = ask({ host: "127.0.0.1", port, method, path: url, headers: rest }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers)
    answer.pipe(response)
  })
  onward.on("error", () => response.destroy())
  response.on("close", () => onward.destroy())
  onward.end(body)
}
