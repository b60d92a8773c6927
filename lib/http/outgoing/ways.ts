/** The way of a request to a server that the settings name: which proxy, which connections, whose certificates. */
import http from "node:http"
import https from "node:https"
import { urlToHttpOptions } from "node:url"
import { config } from "@/lib/config"
import { trust } from "@/lib/http/outgoing/certificates"
import { proxyHeaders, proxyOptions, TunnelAgent } from "@/lib/http/outgoing/tunnel"
import { proxyFor } from "@/lib/proxy"
import { singleton } from "@/lib/singleton"

export interface Way {
  /** `http` or `https`: what the first server on the way speaks. */
  request: typeof http.request
  /** Beside method and headers. */
  options: https.RequestOptions
  /** To be sent along. */
  headers: Record<string, string>
  /** Who answers in the server's place where it says 407. */
  proxy: URL | null
}

/** One that was used before, or one of its own; through a proxy always the former. */
export type Connection = "kept" | "fresh"

/** How an http or https address is asked. */
export function wayTo(url: URL, connection: Connection = "kept"): Way {
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

/** The connections of such a request, for a package that makes its requests itself. */
export function agentTo(url: URL): http.Agent | undefined {
  const { options, proxy } = wayTo(url)
  const agent = url.protocol === "http:" && proxy ? undefined : options.agent
  return agent instanceof http.Agent ? agent : undefined
}

const trusted = (): https.AgentOptions => {
  const secureContext = trust()
  return secureContext ? { secureContext } : {}
}

/** Connections are kept, like the built-in `fetch` does. */
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
