/** What a tool is. One folder a tool, with a `tool.ts` whose default export is `defineTool({…})`. */
import type { z } from "zod"
import type { Sentence } from "@/lib/i18n/sentence.types"
import { inWords } from "@/lib/i18n/sentences"

/** Whose answer calls a tool. */
export interface ToolContext {
  userId: string
  conversationId: string
  /** Those of the chat; `tools` names the tools that may be called, all when left out. */
  settings: { readonly tools?: readonly string[] | undefined }
}

/** One call of it. */
export interface ToolCall extends ToolContext {
  /** Aborts when the answer is stopped, or the tool's time is up. */
  signal: AbortSignal
}

export interface ToolDefinition<Input extends z.ZodType = z.ZodType, Output extends z.ZodType = z.ZodType> {
  /** As the model calls it: letters, digits and `_`. */
  name: string
  /** For the model: what it is for, and what comes back. */
  description: string
  input: Input
  output: Output
  limits: {
    /** Milliseconds of one call. */
    timeMs: number
    /** Characters of a result, as JSON. */
    resultChars: number
    /** Calls of one answer that run at once; the others wait. */
    atOnce: number
  }
  may: {
    /** Asks other servers. Addresses that a person or a model chose are asked by `guardedFetch` only. */
    useNetwork: boolean
    /** false: it runs only when the person has allowed this call. */
    runUnasked: boolean | ((input: z.output<Input>, context: ToolContext) => boolean | Promise<boolean>)
  }
  /** Is it there for this answer? Always when left out. */
  isAvailable?: (context: ToolContext) => boolean | Promise<boolean>
  /** Throws `ToolError` with a sentence for the person and the model. */
  run(input: z.output<Input>, call: ToolCall): Promise<z.input<Output>>
}

/** Types a tool by its own schemas. */
export const defineTool = <Input extends z.ZodType, Output extends z.ZodType>(
  definition: ToolDefinition<Input, Output>,
): ToolDefinition<Input, Output> => definition

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
