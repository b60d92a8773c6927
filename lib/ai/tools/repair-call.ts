/**
 * Repairs calls that a model wrote slightly wrong. If a call stays invalid, the model is told and may call again. Pure.
 */
import { InvalidToolInputError, type JSONSchema7, NoSuchToolError, type ToolCallRepairFunction, type ToolSet } from "ai"
import { isRecord } from "@/lib/is-record"

type LanguageModelV4ToolCall = Parameters<ToolCallRepairFunction<ToolSet>>[0]["toolCall"]

interface Wrong {
  toolCall: LanguageModelV4ToolCall
  tools: Record<string, unknown> | undefined
  inputSchema: (options: { toolName: string }) => PromiseLike<JSONSchema7> | JSONSchema7
  error: unknown
}

/**
 * The repaired call; null if there is nothing to repair. Never guesses missing input: a truncated call stays invalid.
 */
export async function repairedCall({
  toolCall,
  tools,
  inputSchema,
  error,
}: Wrong): Promise<LanguageModelV4ToolCall | null> {
  if (NoSuchToolError.isInstance(error)) {
    const names = Object.keys(tools ?? {}).filter((name) => plain(name) === plain(toolCall.toolName))
    const [toolName, ...others] = names
    return toolName !== undefined && others.length === 0 ? { ...toolCall, toolName } : null
  }
  if (!InvalidToolInputError.isInstance(error)) return null
  const read = readInput(toolCall.input)
  if (!isRecord(read)) return null
  const { properties = {} } = await inputSchema({ toolName: toolCall.toolName })
  const input = JSON.stringify(
    Object.fromEntries(Object.entries(read).map(([name, value]) => [name, asTyped(value, properties[name])])),
  )
  return input === toolCall.input ? null : { ...toolCall, input }
}

/** `getWeather`, `get-weather` and `functions.get_weather` are `get_weather`. */
const plain = (name: string): string =>
  name
    .replace(/^functions?[.:]/i, "")
    .toLowerCase()
    .replace(/[^a-z0-9]/g, "")

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** JSON that is duplicated, fenced, has an extra comma, or is surrounded by text. */
function readInput(text: string): unknown {
  const trimmed = text.trim()
  if (trimmed === "") return {}
  const inner = /^```\w*\n([\s\S]*?)\n?```$/.exec(trimmed)?.[1] ?? trimmed
  const braces = inner.slice(inner.indexOf("{"), inner.lastIndexOf("}") + 1)
  for (const attempt of [inner, braces, braces.replace(/,(\s*[}\]])/g, "$1")]) {
    const value = parsed(attempt)
    if (isRecord(value)) return value
    if (typeof value === "string" && isRecord(parsed(value))) return parsed(value)
  }
  return undefined
}

/** Converts a value of the wrong type if only one interpretation is possible. */
function asTyped(value: unknown, schema: JSONSchema7 | boolean | undefined): unknown {
  const type = typeof schema === "object" ? schema.type : undefined
  if (typeof value === "number" && type === "string") return String(value)
  if (typeof value !== "string") return type === "array" && value !== null && !Array.isArray(value) ? [value] : value
  if ((type === "number" || type === "integer") && value.trim() !== "" && Number.isFinite(Number(value)))
    return Number(value)
  if (type === "boolean" && /^(?:true|false)$/i.test(value)) return value.toLowerCase() === "true"
  const structured = type === "object" || type === "array" ? parsed(value) : undefined
  return structured ?? value
}
