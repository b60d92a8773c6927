/**
 * The definition of a tool. Each tool has a folder of its name with a `tool.ts` whose default export is
 * `defineTool({…})`.
 */
import type { JSONSchema7 } from "ai"
import type { z } from "zod"
import type { StoreFullResult } from "@/lib/ai/tools/whole"
import type { Sentence } from "@/lib/i18n/sentence.types"
import { renderSentence } from "@/lib/i18n/sentences"
import type { Leave } from "@/lib/messages/asked-leave"
import type { CallNews } from "@/lib/messages/call-news"

/** Whose answer calls a tool, and where. */
export interface ToolContext {
  userId: string
  conversationId: string
  /** Settings of the chat; `tools` names the callable tools, all if omitted. */
  settings: { readonly tools?: readonly string[] | undefined }
  /** Names of tools that the operator has turned off. */
  blocked?: readonly string[] | undefined
  /** Whether the user lets a tool run without asking. If omitted, nothing has been decided. */
  leaveFor?: (tool: string, fingerprint?: string) => Promise<Leave>
  /** Shows a running call's progress on its card. If omitted, nobody sees it. */
  say?: (news: CallNews) => void
  /** Stores a result that is too long for the model. If omitted, none is stored. */
  keepWhole?: StoreFullResult
  /** Reports which tools are unavailable for this answer. */
  miss?: (names: string[]) => void
}

export interface ToolCall extends ToolContext {
  toolCallId: string
  /** Aborts when the answer is stopped, or the tool's time is up. */
  signal: AbortSignal
  /** Reserves `count` numbers that no other source of the answer has, and returns the first. */
  takeNumbers: (count: number) => number
}

interface Described<Input extends z.ZodType, Output extends z.ZodType> {
  /** Name for the model and of the folder: letters, digits, and `_`. */
  name: string
  /** For the model: its purpose, and what it returns. */
  description: string
  input: Input
  output: Output
  limits: {
    /** Milliseconds per call; if it runs on a page, measured by the page. */
    timeMs: number
    /** Characters of a result, as JSON. If it is longer, the model gets its beginning. */
    resultChars: number
    /** Concurrent calls per answer; the others wait. */
    atOnce: number
  }
  may: {
    /** Makes requests to other servers. URLs chosen by a user or a model may only be requested with `guardedFetch`. */
    useNetwork: boolean
    /** false: each call needs the user's approval. */
    runUnasked: boolean | ((input: z.output<Input>, context: ToolContext) => boolean | Promise<boolean>)
    /**
     * Its results come from outside sources: the model gets them as quotations, with a note not to follow instructions
     * in them.
     */
    fromOutside?: boolean
  }
  /** What the model gets of a result; all of it, as JSON, if omitted. */
  toModel?(output: z.output<Output>): string
  /** Whether this answer has the tool. Always if omitted. */
  isAvailable?: (context: ToolContext) => boolean | Promise<boolean>
  /** The model's description of the input if it is defined elsewhere: then `input` only validates. */
  jsonInput?: JSONSchema7
  /** For a tool defined elsewhere: approval given for a tool with another fingerprint no longer counts. */
  fingerprint?: string
  /** IDs of the user's images in a result, which the model is shown after it. */
  imagesOf?(output: z.output<Output>): string[]
}

/** Runs in the server's process. */
export interface ServerTool<Input extends z.ZodType = z.ZodType, Output extends z.ZodType = z.ZodType>
  extends Described<Input, Output> {
  runs?: "server"
  /** Throws `ToolError` with a sentence for the user and the model. */
  run(input: z.output<Input>, call: ToolCall): Promise<z.input<Output>>
}

/**
 * The answer ends with the call and continues when one of the user's pages has sent the result: `sandbox` runs the
 * model's code (`components/tools/NAME/runner.ts`), `person` asks the user (the card sends the answer).
 */
export interface PageTool<Input extends z.ZodType = z.ZodType, Output extends z.ZodType = z.ZodType>
  extends Described<Input, Output> {
  runs: "sandbox" | "person"
}

export type ToolDefinition<Input extends z.ZodType = z.ZodType, Output extends z.ZodType = z.ZodType> =
  | ServerTool<Input, Output>
  | PageTool<Input, Output>

/** A source of tools that have no folder here. */
export interface ToolSource {
  /** The tools for this answer, in a stable order. Never rejects, and ends within a few seconds. */
  definitions(context: ToolContext): Promise<ToolDefinition[]>
  /**
   * The definition for reading a stored result of this tool, even if its server is gone; undefined for a tool of
   * another source.
   */
  stored(name: string): ToolDefinition | undefined
}

/** Infers a tool's types from its schemas. */
export function defineTool<Input extends z.ZodType, Output extends z.ZodType>(
  definition: ServerTool<Input, Output>,
): ServerTool<Input, Output>
export function defineTool<Input extends z.ZodType, Output extends z.ZodType>(
  definition: PageTool<Input, Output>,
): PageTool<Input, Output>
export function defineTool(definition: ToolDefinition): ToolDefinition {
  return definition
}

export const runsOnPage = (definition: ToolDefinition): definition is PageTool =>
  definition.runs === "sandbox" || definition.runs === "person"

/** A failure with a sentence for the user and the model. */
export class ToolError extends Error {
  override name = "ToolError"

  constructor(
    readonly sentence: Sentence,
    options: { cause?: unknown } = {},
  ) {
    super(renderSentence(sentence), options)
  }

  /** The SDK passes this to the model. */
  override toString(): string {
    return this.message
  }
}
