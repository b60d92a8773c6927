/** MCP servers as the page knows them, and results of their tools as they are stored. Safe to import on both sides. */
import { z } from "zod"
import { wholeSchema } from "@/lib/ai/tools/whole"

const imageId = z.string().regex(/^[0-9a-f-]{36}$/)

/** One thing in a result. */
const contentSchema = z.discriminatedUnion("type", [
  z.object({ type: z.literal("text"), text: z.string() }),
  /** One of the person's images. */
  z.object({
    ...{ type: z.literal("image"), id: imageId, width: z.number(), height: z.number() },
    /** The link through which it is seen. */
    share: z.string().optional(),
  }),
  /** A resource that came along: its text, or how many bytes it has. */
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
  /** Sound, or an image that can't be read: named only. */
  z.object({ type: z.literal("audio"), mediaType: z.string(), bytes: z.number() }),
  z.object({ type: z.literal("lost_image"), mediaType: z.string(), bytes: z.number() }),
])
export type McpContent = z.infer<typeof contentSchema>

/** What a tool of an MCP server returned. */
export const mcpOutput = z.object({
  /** As the person, or the operator, calls the server; as the server calls the tool. */
  server: z.string(),
  tool: z.string(),
  content: z.array(contentSchema),
  structured: z.unknown().optional(),
  /** Things that were left out, since there were too many. */
  leftOut: z.number().optional(),
  /** Where all of it is, when this is a part. */
  whole: wholeSchema.optional(),
})
export type McpOutput = z.infer<typeof mcpOutput>

/** What a server says of a tool. Nobody vouches for that. */
export interface McpToolInfo {
  /** As a model calls it. */
  name: string
  title: string
  description: string
  says: { readOnly?: boolean; destructive?: boolean }
  /** Tokens that its description costs with each question, estimated. */
  tokens: number
}

/** A server in the settings. */
export interface McpServerInfo {
  id: string
  name: string
  /** Null of the operator's. */
  url: string | null
  own: boolean
  enabled: boolean
  /** Names of headers that are kept; never what they say. */
  headers: string[]
  /** It is signed in to at the server. */
  signedIn: boolean
  asks: boolean
}

/** `GET /api/mcp`. */
export interface McpServers {
  /** The operator lets people add their own. */
  allowed: boolean
  servers: McpServerInfo[]
}

/** `GET /api/mcp/{id}`: what came of asking it. */
export type McpServerState =
  /** `wants`: a sentence of what the person would have to allow for a call that was refused. */
  | { state: "connected"; version: string | null; tools: McpToolInfo[]; wants?: string }
  /** A sentence for the person. */
  | { state: "failed"; problem: string; signIn: boolean }

export const MOST_SERVERS = 20
export const MOST_NAME = 40

const headersSchema = z
  .array(
    z.strictObject({
      name: z
        .string()
        .trim()
        .regex(/^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}$/),
      /** Null: what is kept stays. */
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

const nameSchema = z.string().trim().min(1).max(MOST_NAME)
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

/** `POST /api/mcp/asks/{id}`: what the person says to a form. */
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

/** `server__tool` as people read it; null for the name of a tool of Sparkler's own. */
export function serversNameOf(name: string): string | null {
  const at = name.indexOf("__")
  return at < 0 ? null : `${name.slice(at + 2)} · ${name.slice(0, at)}`
}
