/** A user's MCP servers in their settings: add, change, test, remove. Secrets can be written but never read. */
import { v7 as uuidv7 } from "uuid"
import { config } from "@/lib/config"
import { cut } from "@/lib/cut"
import { isUniqueViolation } from "@/lib/db/errors"
import { addMcpServer, changeMcpServer, findMcpServer, mcpServersOf, removeMcpServer } from "@/lib/db/tools/mcp-servers"
import { AppError } from "@/lib/http/errors"
import type { Language } from "@/lib/i18n/language"
import type { Sentence } from "@/lib/i18n/sentence.types"
import { renderSentence, sentence } from "@/lib/i18n/sentences"
import { evictServer, listTools } from "@/lib/mcp/listing"
import { toolNamesOf } from "@/lib/mcp/names"
import { problemOf, requiresSignIn } from "@/lib/mcp/problems"
import { openSecrets, sealSecrets } from "@/lib/mcp/secrets"
import { type Server, serversOf } from "@/lib/mcp/servers"
import { descriptionOf, inputOf } from "@/lib/mcp/source"
import {
  type AddServer,
  type ChangeServer,
  MAX_SERVERS,
  type McpServerInfo,
  type McpServerState,
  type McpServers,
  type McpToolInfo,
} from "@/lib/mcp/types"
import { estimateTokens } from "@/lib/messages/tokens"
import { operatorSettings } from "@/lib/operator/settings"
import { isListed } from "@/lib/proxy"

/**
 * What this user may see of their own servers and the operator's. Own servers are listed even if they are no longer
 * allowed.
 */
export async function mcpServers(userId: string): Promise<McpServers> {
  const { mcpServers: allowed } = await operatorSettings()
  return { allowed, servers: (await serversOf(userId)).map(infoOf) }
}

const infoOf = ({ id, name, url, own, enabled, headers, row, unasked }: Server): McpServerInfo => ({
  ...{ id, name, own, enabled, asks: !unasked },
  url: own ? url : null,
  headers: own ? Object.keys(headers) : [],
  signedIn: row !== null && openSecrets(row.sealed).tokens !== undefined,
})

/** Adds a server. Throws `mcp:not_allowed`, `mcp:address`, `mcp:name_taken`, `mcp:too_many`. */
export async function addServer(userId: string, { name, url, headers = [] }: AddServer): Promise<{ id: string }> {
  await requireAllowed()
  if ((await mcpServersOf(userId)).length >= MAX_SERVERS)
    throw new AppError("mcp:too_many", { values: { count: MAX_SERVERS } })
  const id = uuidv7()
  const kept = Object.fromEntries(headers.flatMap(({ name, value }) => (value === null ? [] : [[name, value]])))
  const row = { id, userId, name, url: checkedUrl(url), sealed: sealSecrets({ headers: kept }) }
  await named(name, () => addMcpServer(row))
  return { id }
}

/**
 * Changes a server of this user; headers without a value keep their stored one, unless the URL changes to another
 * origin: secrets for one server are never sent to another. Throws as `addServer`, and `mcp:not_found`.
 */
export async function changeServer(userId: string, id: string, { headers, ...change }: ChangeServer): Promise<void> {
  await requireAllowed()
  const row = await findMcpServer(userId, id)
  if (!row) throw new AppError("mcp:not_found")
  const url = change.url === undefined ? row.url : checkedUrl(change.url)
  const moved = new URL(url).origin !== new URL(row.url).origin
  const before = moved ? { headers: {} } : openSecrets(row.sealed)
  const kept = headers?.flatMap(({ name, value }): [string, string][] => {
    const said = value ?? before.headers[name]
    return said === undefined ? [] : [[name, said]]
  })
  const sealed = sealSecrets({ ...before, ...(kept && { headers: Object.fromEntries(kept) }) })
  const isChanged = moved || kept !== undefined
  await named(change.name ?? row.name, async () => {
    const data = { ...change, url, ...(isChanged && { sealed }) }
    if (!(await changeMcpServer(userId, id, data))) throw new AppError("mcp:not_found")
  })
  evictServer({ userId, id })
}

/** Throws `mcp:not_found`. */
export async function removeServer(userId: string, id: string): Promise<void> {
  if (!(await removeMcpServer(userId, id))) throw new AppError("mcp:not_found")
  evictServer({ userId, id })
}

/** Requests the tools of a server of this user or the operator. Throws `mcp:not_found`. */
export async function serverState(userId: string, id: string, language: Language): Promise<McpServerState> {
  const server = (await serversOf(userId)).find((one) => one.id === id)
  if (!server) throw new AppError("mcp:not_found")
  try {
    const [{ tools, version }, { blockedTools }] = await Promise.all([listTools(server), operatorSettings()])
    const names = toolNamesOf(
      server.slug,
      tools.map(({ name }) => name),
    )
    const { wanted } = openSecrets(server.row?.sealed ?? null)
    return {
      ...{ state: "connected", version },
      ...(wanted && { wants: renderSentence(sentence("mcp:scope_wanted", { scope: cut(wanted, 200) }), language) }),
      tools: tools.flatMap((tool, place): McpToolInfo[] => {
        if (blockedTools.includes(names[place] ?? "")) return []
        const description = descriptionOf(tool)
        const { readOnlyHint: readOnly, destructiveHint: destructive, title } = tool.annotations ?? {}
        return [
          {
            ...{ name: names[place] ?? "", title: tool.title ?? title ?? tool.name, description },
            says: { readOnly, destructive },
            tokens: estimateTokens(`${names[place]} ${description} ${JSON.stringify(inputOf(tool))}`),
          },
        ]
      }),
    }
  } catch (error) {
    return {
      state: "failed",
      problem: renderSentence(signInProblem(server, error) ?? problemOf(error, server.name), language),
      signIn: server.own && requiresSignIn(error),
    }
  }
}

/** The problem of a failed sign-in, if one was tried; undefined otherwise. */
function signInProblem({ row, name }: Server, error: unknown): Sentence | undefined {
  const { failed } = openSecrets(row?.sealed ?? null)
  if (!failed || !requiresSignIn(error)) return undefined
  const said = sentence(failed.refused ? "mcp:sign_in_refused" : "mcp:sign_in_failed", { server: name })
  return { ...said, words: failed.words }
}

async function requireAllowed(): Promise<void> {
  if (!(await operatorSettings()).mcpServers) throw new AppError("mcp:not_allowed")
}

/** http is only allowed if the operator allows users' servers on any network. */
function checkedUrl(text: string): string {
  const wrong = () => new AppError("mcp:address")
  if (!URL.canParse(text)) throw wrong()
  const url = new URL(text)
  const open = url.protocol === "http:" && isListed(url, config().mcpAllowedHosts)
  if ((url.protocol !== "https:" && !open) || url.username || url.password) throw wrong()
  url.hash = ""
  return url.href
}

/** Throws `mcp:name_taken` if this user has another server with the name. */
async function named(name: string, work: () => Promise<unknown>): Promise<void> {
  try {
    await work()
  } catch (error) {
    if (isUniqueViolation(error)) throw new AppError("mcp:name_taken", { values: { name } })
    throw error
  }
}
