/** Makes the tools of MCP servers available to answers. */
import type { Tool } from "@modelcontextprotocol/client"
import type { JSONSchema7 } from "ai"
import { z } from "zod"
import { toolSources } from "@/lib/ai/tools"
import { defineTool, type ToolContext, type ToolDefinition, type ToolSource } from "@/lib/ai/tools/define"
import { cut } from "@/lib/cut"
import { userOf } from "@/lib/db/people/users"
import { CALL_MS, callTool } from "@/lib/mcp/call"
import { toolsWithin } from "@/lib/mcp/listing"
import { fingerprintOf, isMcpTool, toolNamesOf } from "@/lib/mcp/names"
import { outputOf, toldOf } from "@/lib/mcp/result"
import { type Server, serversOf } from "@/lib/mcp/servers"
import { mcpOutput } from "@/lib/mcp/types"
import { storageLimit } from "@/lib/quota/quotas"

/** Milliseconds that the start of an answer waits for servers without a cached list. */
const WAIT_MS = 4_000
/** Maximum number of tools of all servers together: each costs tokens in every request. */
const MAX_TOGETHER = 128
const MAX_DESCRIPTION = 4_000
const MAX_SCHEMA = 20_000
const RESULT_CHARS = 400_000

const anyInput = z.record(z.string(), z.unknown())

/** The input schema for the model: the server's, unless it is huge. */
export function inputOf({ inputSchema }: Pick<Tool, "inputSchema">): JSONSchema7 {
  const { $schema: _, ...schema } = inputSchema
  if (JSON.stringify(schema).length > MAX_SCHEMA) return { type: "object" }
  // Passed on as is: the model server reports any errors in it.
  return JSON.parse(JSON.stringify({ properties: {}, ...schema, type: "object" }))
}

export const descriptionOf = ({ description, title, name }: Tool): string =>
  cut(description?.trim() || title || name, MAX_DESCRIPTION)

/** A server's tool, as called in one user's answers. */
export function definitionOf(server: Server, tool: Tool, name: string): ToolDefinition {
  return defineTool({
    ...stored(name),
    description: descriptionOf(tool),
    jsonInput: inputOf(tool),
    fingerprint: fingerprintOf([
      server.url,
      tool.name,
      tool.title,
      tool.description,
      tool.inputSchema,
      tool.annotations,
    ]),
    may: { useNetwork: true, runUnasked: server.unasked, fromOutside: true },
    run: async (input, call) => {
      const result = await callTool(server, tool, input, call)
      const user = await userOf(server.userId)
      const mostBytes = user ? await storageLimit(user) : 0
      const { conversationId, keepWhole } = call
      return outputOf(server, tool.name, result, { userId: server.userId, conversationId, mostBytes, keepWhole })
    },
  })
}

/** Parses a stored result: the same for all servers, since all results have one format. */
const stored = (name: string) =>
  ({
    name,
    description: "",
    input: anyInput,
    output: mcpOutput,
    limits: { timeMs: CALL_MS, resultChars: RESULT_CHARS, atOnce: 4 },
    may: { useNetwork: true, runUnasked: false, fromOutside: true },
    toModel: toldOf,
    imagesOf: ({ content }) => content.flatMap((part) => (part.type === "image" ? [part.id] : [])),
    run: async () => {
      throw new Error("a stored tool can't be called")
    },
  }) satisfies ToolDefinition<typeof anyInput, typeof mcpOutput>

async function definitionsFor({ userId, settings, miss }: ToolContext): Promise<ToolDefinition[]> {
  const { tools: chosen } = settings
  if (chosen && !chosen.some(isMcpTool)) return []
  const servers = (await serversOf(userId)).filter(
    ({ enabled, slug }) => enabled && (chosen?.some((name) => name.startsWith(`${slug}__`)) ?? true),
  )
  const listed = await Promise.all(servers.map((server) => toolsWithin(server, WAIT_MS)))
  const away = servers.filter((_, place) => listed[place] === null)
  if (away.length > 0) miss?.(away.map(({ name }) => name))
  return servers
    .flatMap((server, place) => {
      const tools = listed[place] ?? []
      const names = toolNamesOf(
        server.slug,
        tools.map(({ name }) => name),
      )
      return tools.map((tool, at) => definitionOf(server, tool, names[at] ?? ""))
    })
    .slice(0, MAX_TOGETHER)
}

export const mcpSource: ToolSource = {
  definitions: definitionsFor,
  stored: (name) => (isMcpTool(name) ? stored(name) : undefined),
}

/** Enables the tools of MCP servers in answers. */
export function startMcp(): void {
  if (!toolSources().includes(mcpSource)) toolSources().push(mcpSource)
}
