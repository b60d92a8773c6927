/** How to reach a configured server: which proxy, which connections, which certificates. */
import http from "node:http"
import https from "node:https"
import { urlToHttpOptions } from "node:url"
import { config } from "@/lib/config"
import { trust } from "@/lib/http/outgoing/certificates"
import { proxyHeaders, proxyOptions, TunnelAgent } from "@/lib/http/outgoing/tunnel"
import { proxyFor } from "@/lib/proxy"
import { singleton } from "@/lib/singleton"

export interface Way {
  /** `http` or `https`: the protocol of the first hop. */
  request: typeof http.request
  /** In addition to method and headers. */
  options: https.RequestOptions
  /** Headers to add. */
  headers: Record<string, string>
  /** The proxy that a 407 response would come from. */
  proxy: URL | null
}

/** A kept-alive connection, or a new one; through a proxy always the former. */
export type Connection = "kept" | "fresh"

/** How to request an http or https URL. */
export function requestRoute(url: URL, connection: Connection = "kept"): Way {
  const proxy = proxyFor(url, config().proxies)
  const secure = url.protocol === "https:"
  const { request } = secure ? https : http
  const options = urlToHttpOptions(url)
  if (proxy === null)
    return { request, options: { ...options, agent: agent(url.protocol, connection) }, headers: {}, proxy: null }
  const through = new URL(proxy)
  if (secure) return { request, options: { ...options, agent: tunnel(proxy) }, headers: {}, proxy: through }
  return {
    request: (through.protocol === "https:" ? https : http).request,
    options: {
      ...proxyOptions(through),
      auth: options.auth,
      path: `http://${url.host}${url.pathname}${url.search}`,
      agent: agent(through.protocol),
    },
    headers: { host: url.host, ...proxyHeaders(through) },
    proxy: through,
  }
}

/** The agent for such a request, for packages that make their own requests. */
export function agentFor(url: URL): http.Agent | undefined {
  const { options, proxy } = requestRoute(url)
  const agent = url.protocol === "http:" && proxy ? undefined : options.agent
  return agent instanceof http.Agent ? agent : undefined
}

const trusted = (): https.AgentOptions => {
  const secureContext = trust()
  return secureContext ? { secureContext } : {}
}

/** Keeps connections alive, like the built-in `fetch` does. */
const agents = () => singleton("outgoingAgents", () => new Map<string, http.Agent>())

function kept(name: string, make: () => http.Agent): http.Agent {
  const known = agents().get(name)
  if (known) return known
  const made = make()
  agents().set(name, made)
  return made
}

function agent(protocol: string | null | undefined, connection: Connection = "kept"): http.Agent {
  const keepAlive = connection === "kept"
  return protocol === "https:"
    ? kept(`${connection} https:${config().caFile ?? ""}`, () => new https.Agent({ ...trusted(), keepAlive }))
    : kept(`${connection} http:`, () => new http.Agent({ keepAlive }))
}

const tunnel = (proxy: string) =>
  kept(`${proxy} ${config().caFile ?? ""}`, () => new TunnelAgent(new URL(proxy), trusted()))
