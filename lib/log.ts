/**
 * The log: one line per event, as text for a terminal or as JSON for programs (`LOG_FORMAT`). Not a library: the
 * difficult part of this log is what it must not contain, and without `LOG_REQUESTS` there is less than one line a
 * minute.
 */
import { describeError, type ErrorFields, errorLine, shortened } from "@/lib/log-words"
import { requestContext } from "@/lib/request-context"
import { singleton } from "@/lib/singleton"

const LEVELS = { error: 0, warn: 1, info: 2, debug: 3 } as const
export type LogLevel = keyof typeof LEVELS

const isLevel = (level: string): level is LogLevel => Object.hasOwn(LEVELS, level)

// Read from the environment directly, because lines are written before the settings are validated.
export const isJsonLog = (): boolean => process.env.LOG_FORMAT?.trim() === "json"
export function isLogged(level: LogLevel): boolean {
  const wanted = process.env.LOG_LEVEL?.trim() ?? ""
  return LEVELS[level] <= LEVELS[isLevel(wanted) ? wanted : "info"]
}

interface Line {
  level: LogLevel
  message: string
  error?: unknown
  /** Additional fields for JSON; in text logs they are part of the message. */
  fields?: Record<string, string | number>
}

/** One line per event, never a multi-line stack, a key, or a message's text. */
export function logInfo(message: string): void {
  write({ level: "info", message: shortened(message) })
}

/** Logs an error on one line: where, what, and its cause. */
export function logFault(where: string, error: unknown): void {
  write({ level: "error", message: where, error })
}

/** Logs a request if `LOG_REQUESTS` is set. `ms`: until the end of its response. */
export function logRequest(method: string, route: string, status: number, ms: number): void {
  const fields = { method, status, ms: Math.round(ms) }
  write({ level: "info", message: `${method} ${route} ${status}`, fields })
}

/** This process's id in log lines, set once it is known. */
export const logProcess = () => singleton("logProcess", () => ({ id: String(process.pid) }))

function write(line: Line): void {
  if (!isLogged(line.level)) return
  if (isJsonLog()) {
    writeJson(line)
    return
  }
  const { requestId } = requestContext()
  const ms = line.fields?.ms === undefined ? "" : ` ${line.fields.ms} ms`
  const error = "error" in line ? `: ${errorLine(line.error, isLogged("debug"))}` : ""
  const text = `${line.message}${error}${ms}${requestId ? ` [request ${requestId}]` : ""}`
  if (line.level === "error") console.error(text)
  else console.info(text)
}

function writeJson({ level, message, error, fields }: Line): void {
  const { requestId, route, generationId } = requestContext()
  const described: ErrorFields | undefined = error === undefined ? undefined : describeError(error, isLogged("debug"))
  const line = {
    ...{ time: new Date().toISOString(), level, message },
    ...{ request: requestId, route, generation: generationId, ...fields, error: described },
    process: logProcess().id,
  }
  process.stdout.write(`${JSON.stringify(line)}\n`)
}

/**
 * Converts other console output (Next.js, libraries) to lines of this log. lib/server/console.mjs calls this function
 * by name.
 */
export function hearConsole(): void {
  singleton("consoleLine", () => (level: LogLevel, words: unknown[]) => {
    const error = words.find((word) => word instanceof Error)
    const text = words.filter((word) => !(word instanceof Error)).map(String)
    write({ level, message: shortened(text.join(" ").trim() || "console"), ...(error ? { error } : {}) })
  })
}
