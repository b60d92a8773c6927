/** A tool for the AI SDK, within the limits it declares. */
import { setImmediate as nextTurn } from "node:timers/promises"
import { jsonSchema, type Schema, type Tool, tool, zodSchema } from "ai"
import type { z } from "zod"
import {
  runsOnPage,
  type ServerTool,
  type ToolCall,
  type ToolContext,
  type ToolDefinition,
  ToolError,
} from "@/lib/ai/tools/define"
import { numbersOf } from "@/lib/ai/tools/numbers"
import { toldOf } from "@/lib/ai/tools/told"
import { cutResultOf } from "@/lib/ai/tools/whole"
import { sentence } from "@/lib/i18n/sentences"
import { createLimiter } from "@/lib/limiter"

/** Cached per tool, so that its JSON schema is only built once. */
const schemas = new WeakMap<z.ZodType, Schema>()
function schemaOf(type: z.ZodType): Schema {
  const known = schemas.get(type)
  if (known) return known
  const schema = zodSchema(type)
  schemas.set(type, schema)
  return schema
}

function checked(input: z.ZodType, value: unknown) {
  const read = input.safeParse(value)
  return read.success ? { success: true as const, value: read.data } : { success: false as const, error: read.error }
}

/** The tool as described to the model. */
export const describedTool = (definition: ToolDefinition): Tool => {
  const { description, input, output, jsonInput } = definition
  return tool({
    description,
    inputSchema: jsonInput ? jsonSchema(jsonInput, { validate: (value) => checked(input, value) }) : schemaOf(input),
    outputSchema: schemaOf(output),
    toModelOutput: ({ output: result }) => toldOf(definition, result),
  })
}

/** A tool for one answer. With one that runs on a page, the answer ends after the call. */
export function boundedTool(definition: ToolDefinition, context: ToolContext): Tool {
  if (runsOnPage(definition)) return describedTool(definition)
  const { limits } = definition
  // Hundreds of concurrent calls would block everyone else.
  const inLine = createLimiter(limits.atOnce)
  return {
    ...describedTool(definition),
    execute: (asked: unknown, { abortSignal, messages, toolCallId }) =>
      inLine(async () => {
        // A stopped answer doesn't wait for queued calls.
        abortSignal?.throwIfAborted()
        await nextTurn()
        const call = { ...context, toolCallId, takeNumbers: numbersOf(context, messages) }
        return keptOutput(definition, await withinTime(definition, asked, call, abortSignal), call)
      }),
  }
}

/** A tool that the operator has turned off, for calls that were approved before. */
export const disabledTool = (definition: ToolDefinition): Tool => ({
  ...describedTool(definition),
  execute: () => {
    throw new ToolError(sentence("tool:off"))
  },
})

/** Rejects when the time is up or the answer is stopped, whatever the tool does then. */
function withinTime(
  { limits, run }: ServerTool,
  asked: unknown,
  context: Omit<ToolCall, "signal">,
  outer: AbortSignal | undefined,
): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const abort = new AbortController()
    const end = (reason: unknown) => {
      abort.abort(reason)
      reject(reason)
    }
    const pass = () => end(outer?.reason)
    if (outer?.aborted) pass()
    outer?.addEventListener("abort", pass, { once: true })
    const timer = setTimeout(() => end(new ToolError(sentence("tool:late"))), limits.timeMs)
    // Also catches a synchronous throw.
    Promise.resolve()
      .then(() => run(asked, { ...context, signal: abort.signal }))
      .then(resolve, reject)
      .finally(() => {
        clearTimeout(timer)
        outer?.removeEventListener("abort", pass)
      })
  })
}

/**
 * Like `parseToolOutput`, but a result that is too long becomes its beginning if the whole can be stored. Throws
 * `ToolError`.
 */
async function keptOutput(definition: ToolDefinition, result: unknown, { keepWhole }: ToolContext): Promise<unknown> {
  const { limits, name } = definition
  const read = readOutput(definition, result)
  const json = JSON.stringify(read) ?? ""
  if (json.length <= limits.resultChars) return read
  const whole = await keepWhole?.({ name: `${name}.json`, text: json })
  if (!whole) throw tooLong(json.length, definition)
  return cutResultOf(json, limits.resultChars, whole)
}

/** A tool's result, parsed by its own schema. Throws `ToolError`, also for one that is too long. */
export function parseToolOutput(definition: ToolDefinition, result: unknown): unknown {
  const read = readOutput(definition, result)
  const size = JSON.stringify(read)?.length ?? 0
  if (size > definition.limits.resultChars) throw tooLong(size, definition)
  return read
}

const tooLong = (size: number, { limits }: ToolDefinition) =>
  new ToolError(sentence("tool:too_long", { size, limit: limits.resultChars }))

function readOutput({ output, name }: ToolDefinition, result: unknown): unknown {
  const read = output.safeParse(result)
  if (!read.success)
    throw new ToolError(sentence("tool:unreadable"), {
      cause: new Error(`${name}: ${read.error}`),
    })
  return read.data
}
