/**
 * `npm run bench:search`: how long a search takes over 100,000 messages of one person, on SQLite and, where a server
 * is reachable (`TEST_POSTGRES_URL`, or this machine's), on PostgreSQL. Prints the README's table.
 */
import { fork } from "node:child_process"
import os from "node:os"
import { v7 as uuidv7 } from "uuid"
import { emptyPostgres, withTestDb } from "@/lib/db/testing"
import { catchUp } from "@/lib/search/indexer"
import { searchConversations } from "@/lib/search/search"
import { Random } from "../support/random"
import { count, median, ms, quantile, table } from "./stats"

const MESSAGES = Number(process.env.BENCH_MESSAGES ?? 100_000)
const PER_CONVERSATION = 20
const WORDS_A_MESSAGE = 150
const VOCABULARY = 40_000
const RUNS = 15
/** Conversations with a tag. */
const TAGGED = 20
const AT_ONCE = 1_000
const KINDS = ["SQLite", "PostgreSQL"] as const

const say = (line: string) => process.stderr.write(`${line}\n`)

/** Words as frequent as those of a language: the n-th is there 1/n as often as the first. */
function words(chance: Random) {
  const syllables = [
    "ka",
    "lo",
    "mi",
    "ren",
    "sto",
    "ta",
    "ve",
    "zu",
    "pra",
    "el",
    "an",
    "ing",
    "co",
    "he",
    "der",
    "is",
  ]
  const vocabulary = Array.from({ length: VOCABULARY }, (_, n) => {
    let word = ""
    for (let rest = n + 7; rest > 0; rest = Math.floor(rest / syllables.length))
      word += syllables[rest % syllables.length]
    return word
  })
  const pick = () => vocabulary[Math.floor(VOCABULARY ** chance.next()) - 1] ?? ""
  return { vocabulary, text: (length: number) => Array.from({ length }, pick).join(" ") }
}

const chance = new Random(7)
const { vocabulary, text } = words(chance)
const HAN = "我在北京大学学习计算机科学的时候认识了很多朋友他们都喜欢喝茶看书和旅行"
const hanText = () => Array.from({ length: 40 }, () => HAN[Math.floor(chance.next() * HAN.length)]).join("")

async function fill(database: Awaited<ReturnType<typeof withTestDb>>["database"]): Promise<string> {
  const userId = uuidv7()
  await database.user.create({ data: { id: userId } })
  for (let start = 0; start < MESSAGES; start += AT_ONCE) {
    const conversations = Array.from({ length: AT_ONCE / PER_CONVERSATION }, () => ({
      id: uuidv7(),
      userId,
      title: text(5),
    }))
    await database.conversation.createMany({ data: conversations })
    // The oldest ones: what is found newest first comes to them last.
    if (start === 0)
      await database.conversationTag.createMany({
        data: conversations.slice(0, TAGGED).map(({ id }) => ({ conversationId: id, name: "old" })),
      })
    await database.message.createMany({
      data: conversations.flatMap(({ id: conversationId }) =>
        Array.from({ length: PER_CONVERSATION }, (_, n) => ({
          id: uuidv7(),
          conversationId,
          role: n % 2 === 0 ? ("user" as const) : ("assistant" as const),
          status: "complete" as const,
          parts: [{ type: "text", text: n === 7 ? hanText() : text(n % 2 === 0 ? 40 : 2 * WORDS_A_MESSAGE - 40) }],
          createdAt: new Date(Date.now() - (MESSAGES - start) * 60_000 + n),
        })),
      ),
    })
  }
  return userId
}

const word = (rank: number) => vocabulary[rank] ?? ""

/** What people search for, by name. */
const QUERIES: Record<string, () => string> = {
  "a rare word": () => `${word(5_000 + Math.floor(chance.next() * 30_000))} `,
  "a usual word": () => `${word(100 + Math.floor(chance.next() * 900))} `,
  "one of the ten commonest words": () => `${word(Math.floor(chance.next() * 10))} `,
  "the same in 20 old conversations with a tag": () => `tag:old ${word(Math.floor(chance.next() * 10))} `,
  "two words": () => `${word(Math.floor(chance.next() * 300))} ${word(Math.floor(chance.next() * 3_000))}`,
  "three words": () => [30, 300, 3_000].map((most) => word(Math.floor(chance.next() * most))).join(" "),
  "a phrase of usual words": () => `"${word(Math.floor(chance.next() * 60))} ${word(Math.floor(chance.next() * 60))}"`,
  "a first letter": () => word(Math.floor(chance.next() * 1_000)).slice(0, 1),
  "two letters": () => word(Math.floor(chance.next() * 1_000)).slice(0, 2),
  "three letters": () => word(Math.floor(chance.next() * 1_000)).slice(0, 3),
  "five letters": () => word(20 + Math.floor(chance.next() * 5_000)).slice(0, 5),
  "one Chinese character": () => HAN[Math.floor(chance.next() * HAN.length)] ?? "",
  "two Chinese characters": () => HAN.slice(Math.floor(chance.next() * 30)).slice(0, 2),
  "what is not there": () => "nowhereatall",
}

/** Milliseconds of searches of every kind, in turns. */
async function searchTimes(userId: string): Promise<Record<string, number[]>> {
  const times = Object.fromEntries(Object.keys(QUERIES).map((name): [string, number[]] => [name, []]))
  for (let run = -1; run < RUNS; run++)
    for (const [name, query] of Object.entries(QUERIES)) {
      const text = query()
      const startedAt = performance.now()
      await searchConversations(userId, text, { limit: 20 })
      if (run >= 0) times[name]?.push(performance.now() - startedAt)
    }
  return times
}

async function measure(kind: (typeof KINDS)[number]) {
  const postgres = kind === "PostgreSQL" ? await emptyPostgres() : null
  if (kind === "PostgreSQL" && !postgres) return null
  const { database, close } = await withTestDb(postgres?.url)
  try {
    say(`${kind}: filling …`)
    const userId = await fill(database)
    say(`${kind}: indexing …`)
    const startedAt = performance.now()
    await catchUp(Number.POSITIVE_INFINITY)
    const indexed = performance.now() - startedAt
    say(`${kind}: searching …`)
    return { times: await searchTimes(userId), indexed }
  } finally {
    await close()
    await postgres?.drop()
  }
}

type Measured = Awaited<ReturnType<typeof measure>>

/** The settings of a process are read once, so each database gets its own. */
function inItsOwnProcess(kind: string): Promise<Measured> {
  return new Promise((resolve, reject) => {
    const child = fork(import.meta.filename, [kind], { execArgv: ["--import", "tsx"] })
    let answer: Measured = null
    child.on("message", (message: Measured) => {
      answer = message
    })
    child.on("exit", (code) => (code === 0 ? resolve(answer) : reject(new Error(`${kind} ended with ${code}`))))
  })
}

async function main(): Promise<void> {
  const measured = new Map<string, NonNullable<Measured>>()
  for (const kind of KINDS) {
    const figures = await inItsOwnProcess(kind)
    if (figures) measured.set(kind, figures)
    else say(`${kind}: none is reachable; name one with TEST_POSTGRES_URL`)
  }
  const cell = (values: number[]) => `${ms(median(values))} (p95 ${ms(quantile(values, 0.95))})`
  const row = (name: string, of: (figures: NonNullable<Measured>) => string) => [
    name,
    ...[...measured.values()].map(of),
  ]
  const rows = Object.keys(QUERIES).map((name) => row(name, ({ times }) => cell(times[name] ?? [])))
  rows.push(row("all of these", ({ times }) => cell(Object.values(times).flat())))
  rows.push(row("indexing a message", ({ indexed }) => ms(indexed / MESSAGES)))
  const [cpu] = os.cpus()
  console.info(
    `${count(MESSAGES)} messages of one person; ${os.cpus().length} × ${cpu?.model.trim()}, Node ${process.versions.node}\n`,
  )
  console.info(table(["search for", ...measured.keys()], rows))
}

const asked = KINDS.find((kind) => kind === process.argv[2])
if (asked) {
  process.send?.(await measure(asked))
  process.disconnect?.()
} else await main()
