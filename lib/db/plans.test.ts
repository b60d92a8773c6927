/**
 * The queries of lists, chats, and searches must use indexes. Captures the statements as sent, and gets PostgreSQL's
 * plans with sequential scans disabled, so that one in a plan means there is no index for it. `npm run bench:sizes`
 * measures how long they take with a million messages.
 */
import pg from "pg"
import { v7 as uuidv7 } from "uuid"
import { afterAll, beforeAll, expect, test, vi } from "vitest"
import { z } from "zod"
import { firstList, listPage } from "@/lib/chat/list/list"
import { withoutPostgres } from "@/lib/db/databases.fixture"
import { emptyPostgres, type TestDatabase, withTestDb } from "@/lib/db/testing"
import { viewInLanguage } from "@/lib/generation/view"
import { catchUp } from "@/lib/search/indexer"
import { searchConversations } from "@/lib/search/search"

const postgres = await emptyPostgres()
if (postgres) cases(postgres)
else withoutPostgres()

const asked = z.object({ text: z.string(), values: z.array(z.unknown()).optional() })
type Asked = z.infer<typeof asked>

/** A plan in the format of `EXPLAIN (FORMAT JSON)`. */
interface Plan {
  "Node Type": string
  "Relation Name"?: string
  Plans?: Plan[]
}

/** Tables that grow with user content, so none may be scanned from end to end. */
const LARGE = [
  "Message",
  "Conversation",
  "SearchEntry",
  "FileUse",
  "File",
  "Generation",
  "ConversationTag",
  "Share",
  "Document",
]

const scansOf = (plan: Plan): string[] => [
  ...(plan["Node Type"] === "Seq Scan" && LARGE.includes(plan["Relation Name"] ?? "")
    ? [plan["Relation Name"] ?? ""]
    : []),
  ...(plan.Plans ?? []).flatMap(scansOf),
]

function cases({ url, drop }: { url: string; drop(): Promise<void> }): void {
  let testDb: TestDatabase
  const [userId, conversationId] = [uuidv7(), uuidv7()]
  beforeAll(async () => {
    testDb = await withTestDb(url)
    const { database } = testDb
    await database.user.create({ data: { id: userId } })
    await database.conversation.create({ data: { id: conversationId, userId, title: "Roses" } })
    await database.conversationTag.create({ data: { conversationId, name: "garden" } })
    await database.message.createMany({
      data: [1, 2].map((n) => ({
        ...{ id: uuidv7(), conversationId, role: "user" as const, status: "complete" as const },
        parts: [{ type: "text", text: `Roses and tulips ${n}` }],
      })),
    })
    await catchUp(Number.POSITIVE_INFINITY)
  })
  afterAll(async () => {
    await testDb.close()
    await drop()
  })

  /** The statements sent to PostgreSQL during `work`. */
  async function statementsOf(work: () => Promise<unknown>): Promise<Asked[]> {
    const spy = vi.spyOn(pg.Client.prototype, "query")
    try {
      await work()
      return spy.mock.calls.flatMap(([statement, values]: unknown[]) => {
        const read = asked.safeParse(typeof statement === "string" ? { text: statement, values } : statement)
        return read.success && /^\s*(?:SELECT|WITH)\b/i.test(read.data.text) ? [read.data] : []
      })
    } finally {
      spy.mockRestore()
    }
  }

  async function scansIn(statements: Asked[]): Promise<string[]> {
    const client = new pg.Client({ connectionString: url })
    await client.connect()
    try {
      await client.query("SET enable_seqscan = off")
      const found: string[] = []
      for (const { text, values } of statements) {
        const { rows } = await client.query<{ "QUERY PLAN": [{ Plan: Plan }] }>(
          `EXPLAIN (FORMAT JSON) ${text}`,
          values ?? [],
        )
        const scans = rows.flatMap((row) => scansOf(row["QUERY PLAN"][0].Plan))
        if (scans.length > 0) found.push(`${scans.join(", ")}: ${text}`)
      }
      return found
    } finally {
      await client.end()
    }
  }

  test.each<[string, () => Promise<unknown>]>([
    ["the first list", () => firstList(userId, [])],
    [
      "a later page",
      () => listPage(userId, "all", { limit: 50, cursor: { updatedAt: new Date(), id: conversationId } }),
    ],
    ["what is pinned", () => listPage(userId, "pinned", { limit: 50 })],
    ["the archive", () => listPage(userId, "archived", { limit: 50 })],
    ["a tag", () => listPage(userId, "tag:garden", { limit: 50 })],
    ["a folder", () => listPage(userId, `folder:${conversationId}`, { limit: 50 })],
    ["a chat", () => viewInLanguage("en", userId, conversationId)],
    ["a search", () => searchConversations(userId, "roses tulips", { limit: 20 })],
    ["a search for a phrase", () => searchConversations(userId, '"roses and"', { limit: 20 })],
    ["a search among tagged chats", () => searchConversations(userId, "tag:garden roses", { limit: 20 })],
  ])("%s uses indexes", async (_, work) => {
    const statements = await statementsOf(work)
    expect(statements.length).toBeGreaterThan(0)
    expect(await scansIn(statements)).toEqual([])
  })

  test("a missing index is detected", async () => {
    expect(await scansIn([{ text: `SELECT 1 FROM "Message" WHERE "endedAt" = now()` }])).toEqual([
      expect.stringContaining("Message"),
    ])
  })
}
