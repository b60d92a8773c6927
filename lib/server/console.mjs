/**
 * With `LOG_FORMAT=json`, everything written to the console becomes a log line too. Imported before everything else.
 */

const LEVELS = { log: "info", info: "info", debug: "debug", trace: "debug", warn: "warn", error: "error" }

/** Set by lib/log.ts once it is loaded. Before that, no secrets are known. */
const writer = () => Reflect.get(globalThis, Symbol.for("sparkler.consoleLine"))?.value

function tell(level, words) {
  const write = writer()
  if (write) return write(level, words)
  const message = words
    .map((word) => (word instanceof Error ? `${word.name}: ${word.message}` : String(word)))
    .join(" ")
  process.stdout.write(`${JSON.stringify({ time: new Date().toISOString(), level, message: message.trim() })}\n`)
}

if (process.env.LOG_FORMAT?.trim() === "json") {
  for (const [method, level] of Object.entries(LEVELS))
    console[method] = (...words) => {
      if (words.some((word) => String(word).trim() !== "")) tell(level, words)
    }
  // Node.js prints these itself, on several lines.
  process.removeAllListeners("warning")
  process.on("warning", (warning) => tell("warn", [warning]))
  process.on("uncaughtException", (error) => {
    tell("error", ["uncaught", error])
    process.exit(1)
  })
}
