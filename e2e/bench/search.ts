/**
 * `npm run bench:search`: how long a search takes over 100,000 messages of one person, on SQLite and, if a server is
 * reachable (`TEST_POSTGRES_URL`, or this machine's), on PostgreSQL. Prints the README's table.
 */
import os from "node:os"
import { v7 as uuidv7 } from "uuid"
import type { Database } from "@/lib/db/client"
import { catchUp } from "@/lib/search/indexer"
import { searchConversations } from "@/lib/search/search"
import { type Kind, onEachDatabase, say } from "./databases"
import { QUERIES, randomHanText, text } from "./queries"
import { count, median, ms, quantile, table } from "./stats"

const MESSAGES = Number(process.env.BENCH_MESSAGES ?? 100_000)
const PER_CONVERSATION = 20
const WORDS_A_MESSAGE = 150
const RUNS = 15
/** Conversations with a tag. */
const TAGGED = 20
const AT_ONCE = 1_000

async function fill(database: Database): Promise<string> {
  const userId = uuidv7()
  await database.user.create({ data: { id: userId } })
  for (let start = 0; start < MESSAGES; start += AT_ONCE) {
    const conversations = Array.from({ length: AT_ONCE / PER_CONVERSATION }, () => ({
      id: uuidv7(),
      userId,
      title: text(5),
    }))
    await database.conversation.createMany({ data: conversations })
    // The oldest ones: a search from newest to oldest reaches them last.
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
          parts: [
            { type: "text", text: n === 7 ? randomHanText() : text(n % 2 === 0 ? 40 : 2 * WORDS_A_MESSAGE - 40) },
          ],
          createdAt: new Date(Date.now() - (MESSAGES - start) * 60_000 + n),
        })),
      ),
    })
  }
  return userId
}

/** Milliseconds of searches of every kind, alternating. */
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

interface Measured {
  /** Milliseconds of each search, by kind. */
  times: Record<string, number[]>
  /** Milliseconds to index all messages. */
  indexed: number
}

function print(measured: Map<Kind, Measured>): void {
  const cell = (values: number[]) => `${ms(median(values))} (p95 ${ms(quantile(values, 0.95))})`
  const row = (name: string, of: (figures: Measured) => string) => [name, ...[...measured.values()].map(of)]
  const rows = Object.keys(QUERIES).map((name) => row(name, ({ times }) => cell(times[name] ?? [])))
  rows.push(row("all of the above", ({ times }) => cell(Object.values(times).flat())))
  rows.push(row("indexing a message", ({ indexed }) => ms(indexed / MESSAGES)))
  const [cpu] = os.cpus()
  console.info(
    `${count(MESSAGES)} messages of one person; ${os.cpus().length} × ${cpu?.model.trim()}, Node ${process.versions.node}\n`,
  )
  console.info(table(["search for", ...measured.keys()], rows))
}

const measured = await onEachDatabase<Measured>(import.meta.filename, async (kind, { database }) => {
  say(`${kind}: filling …`)
  const userId = await fill(database)
  say(`${kind}: indexing …`)
  const startedAt = performance.now()
  await catchUp(Number.POSITIVE_INFINITY)
  const indexed = performance.now() - startedAt
  say(`${kind}: searching …`)
  return { times: await searchTimes(userId), indexed }
})
if (measured) print(measured)
