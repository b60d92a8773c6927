/**
 * `npm run bench:sizes`: how long a list, a chat, and a search take with 1,000,000 messages on PostgreSQL
 * (`TEST_POSTGRES_URL`, or this machine's) and 100,000 on SQLite. Prints the README's table.
 */
import os from "node:os"
import { firstList, listPage } from "@/lib/chat/list/list"
import { cursorSchema } from "@/lib/chat/list/list-requests"
import { viewInLanguage } from "@/lib/generation/view"
import { searchConversations } from "@/lib/search/search"
import { Random } from "../support/random"
import { type Kind, onEachDatabase, say } from "./databases"
import { QUERIES } from "./queries"
import { fillPostgres, fillSqlite, idOf, type Sizes, WORDS } from "./sizes-fill"
import { count, median, ms, quantile, table } from "./stats"

const share = Number(process.env.BENCH_SHARE ?? 1)
const SIZES: Record<Kind, Sizes> = {
  SQLite: { users: 100, conversations: 10_000 * share, messages: 100_000 * share },
  PostgreSQL: { users: 1_000, conversations: 100_000 * share, messages: 1_000_000 * share },
}
const RUNS = 200
const SEARCH_RUNS = 15
const REACHED_MS = 50

async function times(runs: number, work: (n: number) => Promise<unknown>): Promise<number[]> {
  const taken: number[] = []
  for (let run = -5; run < runs; run++) {
    const startedAt = performance.now()
    await work(Math.max(0, run))
    if (run >= 0) taken.push(performance.now() - startedAt)
  }
  return taken
}

async function measureAll(sizes: Sizes): Promise<Record<string, number[]>> {
  const chance = new Random(11)
  const [largest, others] = [idOf("a", 0), () => idOf("a", 1 + Math.floor(chance.next() * (sizes.users - 1)))]
  const found: Record<string, number[]> = {}
  for (const [who, user] of Object.entries({ "an average person": others, "the largest": () => largest })) {
    found[`the first list of ${who}`] = await times(RUNS, () => firstList(user(), []))
    found[`a later page of it, ${who}`] = await times(RUNS, async () => {
      const id = user()
      const { cursor } = await listPage(id, "all", { limit: 50 })
      const after = cursorSchema.safeParse(cursor)
      if (after.success) await listPage(id, "all", { limit: 50, cursor: after.data })
    })
    found[`search, all kinds, ${who}`] = await times(SEARCH_RUNS * Object.keys(QUERIES).length, (n) => {
      const queries = Object.values(QUERIES)
      return searchConversations(user(), queries[n % queries.length]?.() ?? "", { limit: 20 })
    })
  }
  found["opening a chat"] = await times(RUNS, async () => {
    const c = Math.floor(chance.next() * sizes.conversations)
    const owner = c % 10 === 0 ? 0 : 1 + (c % (sizes.users - 1))
    if (!(await viewInLanguage("en", idOf("a", owner), idOf("c", c)))) throw new Error("a chat is missing")
  })
  return found
}

function print(measured: Map<Kind, Record<string, number[]>>): void {
  const names = Object.keys([...measured.values()][0] ?? {})
  const cell = (values: number[] = []) => {
    const p95 = quantile(values, 0.95)
    return `${ms(median(values))} (p95 ${ms(p95)}${p95 > REACHED_MS ? ", not reached" : ""})`
  }
  const rows = names.map((name) => [name, ...[...measured.values()].map((figures) => cell(figures[name]))])
  const [cpu] = os.cpus()
  console.info(
    `${os.cpus().length} × ${cpu?.model.trim()}, Node ${process.versions.node}, load ${os.loadavg()[0]?.toFixed(1)}; ${WORDS} words per message\n`,
  )
  const heads = [...measured.keys()].map((kind) => {
    const { messages, conversations, users } = SIZES[kind]
    return `${kind}: ${count(messages)} messages, ${count(conversations)} chats, ${count(users)} people`
  })
  console.info(table(["what", ...heads], rows))
}

const measured = await onEachDatabase(import.meta.filename, async (kind, { dataDir, postgres }) => {
  say(`${kind}: filling …`)
  if (postgres) await fillPostgres(postgres, SIZES[kind])
  else await fillSqlite(`${dataDir}/sparkler.db`, SIZES[kind])
  say(`${kind}: measuring …`)
  return measureAll(SIZES[kind])
})
if (measured) print(measured)
