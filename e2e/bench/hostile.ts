/**
 * `npm run bench:hostile`: how one visitor can affect the others. A bystander's answer streams at 100 tokens a second
 * during each attack. Measures its longest pause and the peak memory of the server, which is restarted for each attack.
 * Prints the README's table.
 */
import { mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import path from "node:path"
import { setTimeout as wait } from "node:timers/promises"
import { pathToFileURL } from "node:url"
import { v7 as uuidv7 } from "uuid"
import { type App, startApp } from "../support/app"
import { ask, newGuest, through } from "./client"
import { startUpstream } from "./start-upstream"
import { machine, ms, residentMegabytes, table } from "./stats"

/** Maximum milliseconds per case; a longer one is measured up to then. */
const LONGEST_MS = 90_000
const GOAL = "100 ms"

/** Attacks as one guest. A refused request isn't a failure: it is one way to stay available. */
type Attack = (app: App, cookie: string) => Promise<unknown>

/** The longest time that the server's main thread was busy in one turn of its event loop (`loop-watch.mjs`). */
interface Turn {
  lateMs: number
  busyMs: number
}

const folder = mkdtempSync(path.join(tmpdir(), "sparkler-loop-"))
const LOOP_FILE = path.join(folder, "loop.json")
const watching = {
  LOOP_FILE,
  NODE_OPTIONS: `--import ${pathToFileURL(path.resolve(import.meta.dirname, "loop-watch.mjs"))}`,
}

const say = (line: string) => process.stderr.write(`${line}\n`)
const upstream = await startUpstream("hostile-upstream.ts")

const post = (app: App, path: string, cookie: string, body: object) =>
  fetch(`${app.url}${path}`, {
    method: "POST",
    headers: { cookie, origin: app.url, "content-type": "application/json" },
    body: JSON.stringify(body),
  })
const read = async (response: Response) => void (await response.arrayBuffer())

/** Asks a question and reads its answer to the end. */
async function talk(app: App, cookie: string, question: string, rest: object = {}): Promise<string> {
  const id = uuidv7()
  const message = { id: uuidv7(), parts: [{ type: "text", text: question }] }
  await read(await post(app, "/api/chat", cookie, { id, message, ...rest }))
  return id
}

/** Opens a stored answer three times at once, as page and as share. */
const open =
  (...questions: string[]): Attack =>
  async (app, cookie) => {
    for (const question of questions) {
      const id = await talk(app, cookie, question)
      const { share } = await (await post(app, `/api/conversations/${id}/shares`, cookie, {})).json()
      const pages = [`/c/${id}`, share.path].map((path) => `${app.url}${path}`)
      await Promise.all(
        [...pages, ...pages, ...pages].map(async (page) => read(await fetch(page, { headers: { cookie } }))),
      )
    }
  }

const asking =
  (question: string): Attack =>
  (app, cookie) =>
    talk(app, cookie, question)

const searches: Attack = async (app, cookie) => {
  const text = Array.from({ length: 50_000 }, (_, n) => `lamp${n.toString(36)}`).join(" ")
  for (let n = 0; n < 10; n++) await talk(app, cookie, `hostile none 1 ${text.slice(0, 399_000)}`)
  const search = async () => read(await fetch(`${app.url}/api/search?q=lamp`, { headers: { cookie } }))
  await Promise.all(Array.from({ length: 30 }, search))
}

/** Each level doubles the work. */
function doubling(): object {
  const twice = (name: string) => ({ allOf: [{ $ref: `#/$defs/${name}` }, { $ref: `#/$defs/${name}` }] })
  const levels = Array.from({ length: 30 }, (_, level) => [`a${level}`, twice(`a${level + 1}`)])
  return { $ref: "#/$defs/a0", $defs: { ...Object.fromEntries(levels), a30: { type: "string" } } }
}

const schemas =
  (count: number): Attack =>
  async (app, cookie) => {
    const wide = { anyOf: Array.from({ length: 400 }, (_, n) => ({ type: "string", pattern: `^(a|b${n}){0,40}$` })) }
    const one = (n: number) => ({ type: "json_schema", name: "x", schema: n % 2 === 0 ? doubling() : wide })
    await Promise.all(Array.from({ length: count }, (_, n) => talk(app, cookie, "hostile json 1", { output: one(n) })))
  }

const form: Attack = async (app, cookie) => {
  const body = Array.from({ length: 2_000_000 }, (_, n) => `k${n}=`).join("&")
  const headers = { cookie, origin: app.url, "content-type": "application/x-www-form-urlencoded" }
  await fetch(`${app.url}/api/auth/callback/guest`, { method: "POST", headers, body }).then(read)
}

const KINDS = ["links", "quotes", "lists", "table", "backticks", "tags", "dollars", "entities", "definitions", "notes"]

const CASES: [string, Attack][] = [
  ["nothing", () => wait(3_000)],
  ["a stored answer of one word, opened three times at once as page and share", open("hostile none 1")],
  ["a stored answer of 40 KB `*a*a*a…`, the same", open("hostile stars 40000")],
  ["20,000 brackets, the same", open("hostile brackets 20000")],
  ["200 KB of both, the same", open("hostile stars 200000", "hostile brackets 200000")],
  [`200 KB of ${KINDS.length} other kinds, the same`, open(...KINDS.map((kind) => `hostile ${kind} 200000`))],
  ["200 KB of ordinary Markdown, the same", open("hostile paragraphs 200000")],
  ["2,000 thinking parts", asking("hostile thoughts 2000")],
  ["512 tool calls in one step", asking("hostile calls 512")],
  ["2,000 tool calls in one step", asking("hostile calls 2000")],
  ["an answer of 100 MB", asking("hostile megabytes 100")],
  ["tool arguments of 2 MB in small pieces", asking("hostile arguments 2")],
  ["30 searches over ten messages of 400,000 characters", searches],
  ["one hostile schema", schemas(1)],
  ["fifteen hostile schemas at once", schemas(15)],
  ["2 million form keys to `/api/auth`", form],
]

async function measure(name: string, attack: Attack): Promise<string[]> {
  say(`${name} …`)
  const app = await startApp({
    env: {
      ...{ FIREWORKS_API_KEY: "bench", FIREWORKS_BASE_URL: upstream.url, DEFAULT_MODEL: "bench" },
      MAX_RUNNING_PER_USER: "20",
      ...watching,
    },
  })
  let memory = 0
  const sampling = setInterval(() => {
    memory = Math.max(memory, residentMegabytes(app.pid))
  }, 100)
  try {
    const bystander = await newGuest(app.url)
    // The first run takes longer.
    await open("hostile none 1")(app, bystander)
    const conversationId = uuidv7()
    const watched = ask(through(app.url, bystander, { conversationId }), "bench rate=100")
    process.kill(app.pid, "SIGUSR2")
    const done = attack(app, await newGuest(app.url)).then(
      () => "",
      (error: unknown) => ` (${String(error).slice(0, 60)})`,
    )
    const how = await Promise.race([
      done,
      wait(LONGEST_MS, ` (not done after ${LONGEST_MS / 1_000} s)`, { ref: false }),
    ])
    // Follow-up work of an attack (titles, the index) counts, too.
    await wait(2_000)
    await post(app, `/api/chat/${conversationId}/stop`, bystander, {})
    const { gaps } = await watched
    const { busyMs }: Turn = JSON.parse(readFileSync(LOOP_FILE, "utf8"))
    const goal = name === "nothing" ? "" : GOAL
    const row = [`${name}${how}`, ms(Math.max(...gaps)), ms(busyMs), `${Math.round(memory)} MB`, goal]
    say(`  ${row.slice(1, 4).join(", ")}`)
    return row
  } finally {
    clearInterval(sampling)
    await app.stop("SIGINT")
  }
}

const [only] = process.argv.slice(2)
const rows: string[][] = []
try {
  for (const [name, attack] of CASES) if (!only || name.includes(only)) rows.push(await measure(name, attack))
} finally {
  upstream.stop()
  rmSync(folder, { recursive: true, force: true })
  console.info(`${machine()}; model server, visitors, and server on the same machine\n`)
  console.info(
    table(
      [
        "what a person does",
        "longest pause in a bystander's answer",
        "longest event-loop turn of the server",
        "peak memory",
        "target",
      ],
      rows,
    ),
  )
}
