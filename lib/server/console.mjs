/** With `LOG_FORMAT=json`: what anybody writes to the console is a line of the log too. Imported before everything else. */

const LEVELS = { log: "info", info: "info", debug: "debug", trace: "debug", warn: "warn", error: "error" }

/** lib/log.ts has it as soon as it is there. Before that nothing secret is known. */
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
  // Node.js writes these by itself, over many lines.
  process.removeAllListeners("warning")
  process.on("warning", (warning) => tell("warn", [warning]))
  process.on("uncaughtException", (error) => {
    tell("error", ["uncaught", error])
    process.exit(1)
  })
}
