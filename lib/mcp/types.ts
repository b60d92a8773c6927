/** MCP servers as the page sees them, and stored tool results. Safe to import on both sides. */
import { z } from "zod"
import { fullResultSchema } from "@/lib/ai/tools/whole"

const imageId = z.string().regex(/^[0-9a-f-]{36}$/)

/** One content item of a result. */
const contentSchema = z.discriminatedUnion("type", [
  z.object({ type: z.literal("text"), text: z.string() }),
  /** One of the user's images. */
  z.object({
    ...{ type: z.literal("image"), id: imageId, width: z.number(), height: z.number() },
    /** The share token through which it is visible. */
    share: z.string().optional(),
  }),
  /** An embedded resource: its text, or its size in bytes. */
  z.object({
    type: z.literal("resource"),
    uri: z.string(),
    mediaType: z.string().optional(),
    text: z.string().optional(),
    bytes: z.number().optional(),
  }),
  z.object({
    type: z.literal("link"),
    uri: z.string(),
    name: z.string(),
    title: z.string().optional(),
    description: z.string().optional(),
    mediaType: z.string().optional(),
  }),
  /** Audio, or an unreadable image: only named. */
  z.object({ type: z.literal("audio"), mediaType: z.string(), bytes: z.number() }),
  z.object({ type: z.literal("lost_image"), mediaType: z.string(), bytes: z.number() }),
])
export type McpContent = z.infer<typeof contentSchema>

/** What a tool of an MCP server returned. */
export const mcpOutput = z.object({
  /** The display name given by the user or the operator; the tool name given by the server. */
  server: z.string(),
  tool: z.string(),
  content: z.array(contentSchema),
  structured: z.unknown().optional(),
  /** Number of items omitted because there were too many. */
  leftOut: z.number().optional(),
  /** Where the full text is, if this is an excerpt. */
  whole: fullResultSchema.optional(),
})
export type McpOutput = z.infer<typeof mcpOutput>

/** A tool's self-description by the server, which isn't verified. */
export interface McpToolInfo {
  /** The name models use. */
  name: string
  title: string
  description: string
  says: { readOnly?: boolean; destructive?: boolean }
  /** Estimated tokens its description adds to each request. */
  tokens: number
}

/** A server in the settings. */
export interface McpServerInfo {
  id: string
  name: string
  /** Null for the operator's. */
  url: string | null
  own: boolean
  enabled: boolean
  /** Names of stored headers; never their values. */
  headers: string[]
  /** The user is signed in to the server. */
  signedIn: boolean
  asks: boolean
}

/** `GET /api/mcp`. */
export interface McpServers {
  /** The operator allows users to add their own. */
  allowed: boolean
  servers: McpServerInfo[]
}

/** `GET /api/mcp/{id}`: the result of connecting to it. */
export type McpServerState =
  /** `wants`: a message about what the user would have to allow for a call that was rejected. */
  | { state: "connected"; version: string | null; tools: McpToolInfo[]; wants?: string }
  /** A message for the user. */
  | { state: "failed"; problem: string; signIn: boolean }

export const MAX_SERVERS = 20
export const MAX_NAME = 40

const headersSchema = z
  .array(
    z.strictObject({
      name: z
        .string()
        .trim()
        .regex(/^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}$/),
      /** Null keeps the stored value. */
      value: z
        .string()
        .trim()
        .min(1)
        .max(8_000)
        // biome-ignore lint/suspicious/noControlCharactersInRegex: they would end the header
        .regex(/^[^\u0000-\u001f\u007f]*$/)
        .nullable(),
    }),
  )
  .max(10)

const nameSchema = z.string().trim().min(1).max(MAX_NAME)
const urlSchema = z.string().trim().max(2_000)

/** `POST /api/mcp`. */
export const addServerSchema = z.strictObject({ name: nameSchema, url: urlSchema, headers: headersSchema.optional() })
/** `PATCH /api/mcp/{id}`. */
export const changeServerSchema = z.strictObject({
  name: nameSchema.optional(),
  url: urlSchema.optional(),
  headers: headersSchema.optional(),
  enabled: z.boolean().optional(),
})
export type AddServer = z.infer<typeof addServerSchema>
export type ChangeServer = z.infer<typeof changeServerSchema>

/** `POST /api/mcp/asks/{id}`: the user's answer to a form. */
export const askAnswerSchema = z.discriminatedUnion("action", [
  z.strictObject({
    action: z.literal("accept"),
    content: z.record(
      z.string().max(200),
      z.union([z.string().max(20_000), z.number(), z.boolean(), z.array(z.string().max(200)).max(200)]),
    ),
  }),
  z.strictObject({ action: z.enum(["decline", "cancel"]) }),
])
export type AskAnswer = z.infer<typeof askAnswerSchema>

/** Display form of `server__tool`; null for the name of a built-in tool. */
export function mcpToolLabel(name: string): string | null {
  const at = name.indexOf("__")
  return at < 0 ? null : `${name.slice(at + 2)} · ${name.slice(0, at)}`
}
