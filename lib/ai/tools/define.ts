/** What a tool is. One folder a tool, of its name, with a `tool.ts` whose default export is `defineTool({…})`. */
import type { JSONSchema7 } from "ai"
import type { z } from "zod"
import type { KeepWhole } from "@/lib/ai/tools/whole"
import type { Sentence } from "@/lib/i18n/sentence.types"
import { inWords } from "@/lib/i18n/sentences"
import type { Leave } from "@/lib/messages/asked-leave"
import type { CallNews } from "@/lib/messages/call-news"

/** Whose answer calls a tool. */
export interface ToolContext {
  userId: string
  conversationId: string
  /** Those of the chat; `tools` names the tools that may be called, all when left out. */
  settings: { readonly tools?: readonly string[] | undefined }
  /** Names of tools that the operator has switched off. */
  blocked?: readonly string[] | undefined
  /** Has the person said that a tool runs unasked? Nothing has been said when left out. */
  leaveFor?: (tool: string, fingerprint?: string) => Promise<Leave>
  /** Shows on the card of a call what it says while it runs. Nobody reads it when left out. */
  say?: (news: CallNews) => void
  /** Keeps a result that is too long for the model. None is kept when left out. */
  keepWhole?: KeepWhole
  /** Shows who has tools that this answer has to do without. */
  miss?: (names: string[]) => void
}

/** One call of it. */
export interface ToolCall extends ToolContext {
  toolCallId: string
  /** Aborts when the answer is stopped, or the tool's time is up. */
  signal: AbortSignal
  /** The first of so many numbers that no other source of the answer has: it names them so. */
  takeNumbers: (count: number) => number
}

interface Described<Input extends z.ZodType, Output extends z.ZodType> {
  /** As the model calls it, and as its folder is called: letters, digits and `_`. */
  name: string
  /** For the model: what it is for, and what comes back. */
  description: string
  input: Input
  output: Output
  limits: {
    /** Milliseconds of one call; of one that a page runs, as the page counts them. */
    timeMs: number
    /** Characters of a result, as JSON. Of a longer one the model gets the beginning. */
    resultChars: number
    /** Calls of one answer that run at once; the others wait. */
    atOnce: number
  }
  may: {
    /** Asks other servers. Addresses that a person or a model chose are asked by `guardedFetch` only. */
    useNetwork: boolean
    /** false: it runs only when the person has allowed this call. */
    runUnasked: boolean | ((input: z.output<Input>, context: ToolContext) => boolean | Promise<boolean>)
    /** Its results come from outside sources: the model gets them as quotations, with a note not to follow instructions in them. */
    fromOutside?: boolean
  }
  /** What the model is told of a result; all of it, as JSON, when left out. */
  toModel?(output: z.output<Output>): string
  /** Is it there for this answer? Always when left out. */
  isAvailable?: (context: ToolContext) => boolean | Promise<boolean>
  /** What the model is told of the input, where somebody else says what that is: `input` is no more than a check then. */
  jsonInput?: JSONSchema7
  /** Of what somebody else says that it does: leave that was given for another one counts no more. */
  fingerprint?: string
  /** Ids of the person's images that a result shows: the model is shown them behind it. */
  imagesOf?(output: z.output<Output>): string[]
}

/** Runs in the server's process. */
export interface ServerTool<Input extends z.ZodType = z.ZodType, Output extends z.ZodType = z.ZodType>
  extends Described<Input, Output> {
  runs?: "server"
  /** Throws `ToolError` with a sentence for the person and the model. */
  run(input: z.output<Input>, call: ToolCall): Promise<z.input<Output>>
}

/**
 * The answer ends with its call and goes on when a page of the person has sent the result: `sandbox` runs what the model
 * wrote (`components/tools/NAME/runner.ts`), `person` asks them (their card sends it).
 */
export interface PageTool<Input extends z.ZodType = z.ZodType, Output extends z.ZodType = z.ZodType>
  extends Described<Input, Output> {
  runs: "sandbox" | "person"
}

export type ToolDefinition<Input extends z.ZodType = z.ZodType, Output extends z.ZodType = z.ZodType> =
  | ServerTool<Input, Output>
  | PageTool<Input, Output>

/** Where tools come from that are no folder here. */
export interface ToolSource {
  /** Those of this answer, in an order that stays the same. Never rejects, and ends within a few seconds. */
  definitions(context: ToolContext): Promise<ToolDefinition[]>
  /** By what a stored result of this tool is read, also when its server is gone; undefined for one of another source. */
  stored(name: string): ToolDefinition | undefined
}

/** Types a tool by its own schemas. */
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

/** A failure with a sentence for the person and the model. */
export class ToolError extends Error {
  override name = "ToolError"

  constructor(
    readonly sentence: Sentence,
    options: { cause?: unknown } = {},
  ) {
    super(inWords(sentence), options)
  }

  /** What the SDK tells the model. */
  override toString(): string {
    return this.message
  }
}
