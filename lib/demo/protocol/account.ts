/** The part of Fireworks' account API that a chat client reads: the serverless models, and what an account owns. */
import { FIREWORKS_MODELS } from "@/lib/demo/protocol/fireworks.data"
import { WireError } from "@/lib/demo/protocol/request"

export interface DemoAccount {
  /** `accounts/…` */
  name: string
  deployments?: object[]
  deployedModels?: object[]
  models?: object[]
  routers?: object[]
  quotas?: object[]
}

export interface ServedModel {
  id: string
  supports_image_input?: boolean
  supports_tools?: boolean
  context_length?: number
}

const MOST = 200
const DEFAULT_ACCOUNT: DemoAccount = {
  name: "accounts/standin",
  quotas: [{ name: "accounts/standin/quotas/monthly-spend-usd", value: "50", maxValue: "500", usage: 12.5 }],
}

/** Handles `GET /v1/accounts…`; null for any other path. `served` are the serverless models. */
export function accountResponse(url: URL, served: ServedModel[], account = DEFAULT_ACCOUNT): Response | null {
  const path = /\/v1\/(accounts(?:\/.*)?)$/.exec(url.pathname)?.[1]
  if (path === undefined) return null
  if (path === "accounts")
    return page(url, "accounts", [{ name: account.name, displayName: "Stand-in", state: "READY" }])
  if (path === "accounts/fireworks/models") return page(url, "models", serverless(url, served))
  if (path === account.name) return Response.json({ name: account.name, state: "READY" })
  const list = path.startsWith(`${account.name}/`) ? path.slice(account.name.length + 1) : ""
  if (list === "billingUsage") return Response.json({ serverlessCosts: [], dedicatedCosts: [] })
  if (
    list === "deployments" ||
    list === "deployedModels" ||
    list === "models" ||
    list === "routers" ||
    list === "quotas"
  )
    return page(url, list, account[list] ?? [])
  throw new WireError(404, "NOT_FOUND", `Not found: ${url.pathname}`)
}

/** As the gateway lists them: with full names, and booleans sometimes as strings. */
function serverless(url: URL, served: ServedModel[]): object[] {
  const asked = url.searchParams.get("filter")
  if (asked !== null && asked !== "supports_serverless=true")
    throw new WireError(400, "INVALID_ARGUMENT", `invalid filter: ${asked}`)
  const models = served.filter(({ id }) => id.startsWith("accounts/fireworks/models/")).map(listed)
  const embedding = {
    name: "accounts/fireworks/models/dedicated-only",
    supportsServerless: "false",
    kind: "HF_BASE_MODEL",
  }
  return asked === null ? [...models, embedding] : models
}

function listed({
  id,
  supports_image_input: images,
  supports_tools: tools = true,
  context_length: context,
}: ServedModel) {
  const name = id.split("/").at(-1) ?? id
  const rules = FIREWORKS_MODELS[name]
  const asText = name.length % 2 === 0
  const say = (value: boolean) => (asText ? String(value) : value)
  return {
    name: id,
    displayName: name.replaceAll("-", " "),
    contextLength: context ?? rules?.contextTokens ?? 131_072,
    supportsServerless: say(true),
    supportsImageInput: say(images ?? rules?.images ?? true),
    supportsTools: say(tools),
    state: "READY",
    kind: "HF_BASE_MODEL",
  }
}

/** A page of a list; the token is the number of preceding entries. */
function page(url: URL, member: string, all: object[]): Response {
  const size = Math.min(Number(url.searchParams.get("pageSize")) || 50, MOST)
  const from = Number(url.searchParams.get("pageToken") || 0)
  if (!Number.isInteger(from) || from < 0) throw new WireError(400, "INVALID_ARGUMENT", "invalid page token")
  const next = from + size < all.length ? String(from + size) : ""
  return Response.json({ [member]: all.slice(from, from + size), nextPageToken: next, totalSize: all.length })
}
