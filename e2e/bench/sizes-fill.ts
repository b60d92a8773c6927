/**
 * Fills a database of a given size with direct SQL in minutes: one person owns a tenth of everything, the others share
 * the rest. The index contains what the indexer would write, from a pool of repeated texts.
 */
import Sqlite from "better-sqlite3"
import pg from "pg"
import { indexed } from "@/lib/search/words"
import { randomHanText, text } from "./queries"

export interface Sizes {
  users: number
  conversations: number
  messages: number
}

const POOL = 5_000
export const WORDS = 60
const MINUTES_APART = 5

interface PoolText {
  n: number
  text: string
  /** Without an owner: the owner's term is added per owner. */
  terms: string[]
}

/** Ids that sort by time. */
const idSql = (kind: string, n: string, hex: (n: string) => string) =>
  `${hex(n)} || '-0000-7000-8000-${kind.repeat(12)}'`
export const idOf = (kind: string, n: number) => `${n.toString(16).padStart(8, "0")}-0000-7000-8000-${kind.repeat(12)}`

async function pool(): Promise<PoolText[]> {
  const texts: PoolText[] = []
  for (let n = 0; n < POOL; n++) {
    const made = n % 20 === 7 ? randomHanText() : text(WORDS)
    const { terms } = await indexed(made, "")
    texts.push({ n, text: made, terms: terms.filter((term) => !term.startsWith("¦")) })
  }
  return texts
}

/** SQL that both databases support; `owner` is the number of the person who owns a conversation `c`. */
const owner = ({ users }: Sizes) => `CASE WHEN c % 10 = 0 THEN 0 ELSE 1 + c % ${users - 1} END`

export async function fillPostgres(url: string, sizes: Sizes): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const hex = (n: string) => `lpad(to_hex(${n}), 8, '0')`
  const [user, conversation, message] = ["a", "c", "e"].map((kind) => (n: string) => idSql(kind, n, hex))
  if (!user || !conversation || !message) return
  const run = (sql: string, values?: unknown[]) => client.query(sql, values)
  const each = sizes.messages / sizes.conversations
  const at = (n: string) => `now()::timestamp - (${sizes.conversations} - ${n}) * interval '${MINUTES_APART} minutes'`
  try {
    await run("SET maintenance_work_mem = '512MB'")
    await run(`CREATE TEMP TABLE pool (n int PRIMARY KEY, "text" text, terms tsvector, parts jsonb)`)
    for (const { n, text: words, terms } of await pool())
      await run(
        `INSERT INTO pool VALUES ($1, $2, array_to_tsvector($3), jsonb_build_array(jsonb_build_object('type', 'text', 'text', $2::text)))`,
        [n, words, terms],
      )
    // The triggers would queue each text for the indexer.
    for (const name of ["Message", "Conversation"]) await run(`ALTER TABLE "${name}" DISABLE TRIGGER USER`)
    await run(`DROP INDEX "SearchEntry_terms_idx"`)
    await run(`INSERT INTO "User" ("id") SELECT ${user("n")} FROM generate_series(0, ${sizes.users - 1}) n`)
    await run(
      `INSERT INTO "Conversation" ("id", "userId", "title", "titleSource", "createdAt", "updatedAt", "activeLeafId")
       SELECT ${conversation("c")}, ${user(`(${owner(sizes)})`)}, substr(p."text", 1, 30), 'model', ${at("c")}, ${at("c")}, ${message(`(c * ${each} + ${each - 1})`)}
       FROM generate_series(0, ${sizes.conversations - 1}) c JOIN pool p ON p.n = c % ${POOL}`,
    )
    await run(
      `INSERT INTO "Message" ("id", "conversationId", "parentId", "role", "status", "parts", "createdAt", "endedAt")
       SELECT ${message("m")}, ${conversation(`(m / ${each})`)}, CASE WHEN m % ${each} > 0 THEN ${message("(m - 1)")} END,
         CASE WHEN m % 2 = 0 THEN 'user' ELSE 'assistant' END::"MessageRole", 'complete', p.parts, ${at(`(m / ${each})`)}, ${at(`(m / ${each})`)}
       FROM generate_series(0, ${sizes.messages - 1}) m JOIN pool p ON p.n = (m::bigint * 7919) % ${POOL}`,
    )
    await run(
      `INSERT INTO "SearchEntry" ("userId", "conversationId", "messageId", "text", "writtenAt", "terms")
       SELECT k."userId", k."id", m."id", m."parts"->0->>'text', (extract(epoch FROM m."createdAt") * 1000)::bigint,
         p.terms || array_to_tsvector(ARRAY['¦' || replace(k."userId", '-', '')])
       FROM "Message" m JOIN "Conversation" k ON k."id" = m."conversationId" JOIN pool p ON p."text" = m."parts"->0->>'text'
       ORDER BY m."createdAt", m."id"`,
    )
    await run(`INSERT INTO "ConversationTag" SELECT ${conversation("c * 10")}, 'old' FROM generate_series(0, 19) c`)
    await run(`CREATE INDEX "SearchEntry_terms_idx" ON "SearchEntry" USING GIN ("terms") WITH (fastupdate = off)`)
    for (const name of ["Message", "Conversation"]) await run(`ALTER TABLE "${name}" ENABLE TRIGGER USER`)
    await run("VACUUM ANALYZE")
  } finally {
    await client.end()
  }
}

export async function fillSqlite(file: string, sizes: Sizes): Promise<void> {
  const database = new Sqlite(file)
  const hex = (n: string) => `printf('%08x', ${n})`
  const [user, conversation, message] = ["a", "c", "e"].map((kind) => (n: string) => idSql(kind, n, hex))
  if (!user || !conversation || !message) return
  const each = sizes.messages / sizes.conversations
  const numbers = (name: string, most: number) =>
    `WITH RECURSIVE series(${name}) AS (SELECT 0 UNION ALL SELECT ${name} + 1 FROM series WHERE ${name} < ${most - 1})`
  const at = (n: string) =>
    `strftime('%Y-%m-%dT%H:%M:%S.000+00:00', 'now', (-(${sizes.conversations} - ${n}) * ${MINUTES_APART}) || ' minutes')`
  try {
    database.pragma("synchronous = OFF")
    database.exec(`CREATE TEMP TABLE pool (n INTEGER PRIMARY KEY, "text" TEXT, terms TEXT, parts TEXT)`)
    const insert = database.prepare(
      `INSERT INTO pool VALUES (?, ?, ?, json_array(json_object('type', 'text', 'text', ?)))`,
    )
    for (const { n, text: words, terms } of await pool()) insert.run(n, words, terms.join(" "), words)
    database.exec("BEGIN")
    database.exec(`${numbers("n", sizes.users)} INSERT INTO "User" ("id") SELECT ${user("n")} FROM series`)
    database.exec(
      `${numbers("c", sizes.conversations)}
       INSERT INTO "Conversation" ("id", "userId", "title", "titleSource", "createdAt", "updatedAt", "activeLeafId")
       SELECT ${conversation("c")}, ${user(owner(sizes))}, substr(p."text", 1, 30), 'model', ${at("c")}, ${at("c")}, ${message(`c * ${each} + ${each - 1}`)}
       FROM series JOIN pool p ON p.n = c % ${POOL}`,
    )
    database.exec(
      `${numbers("m", sizes.messages)}
       INSERT INTO "Message" ("id", "conversationId", "parentId", "role", "status", "parts", "createdAt", "endedAt")
       SELECT ${message("m")}, ${conversation(`m / ${each}`)}, CASE WHEN m % ${each} > 0 THEN ${message("m - 1")} END,
         CASE WHEN m % 2 = 0 THEN 'user' ELSE 'assistant' END, 'complete', p.parts, ${at(`(m / ${each})`)}, ${at(`(m / ${each})`)}
       FROM series JOIN pool p ON p.n = (m * 7919) % ${POOL}`,
    )
    database.exec(
      `INSERT INTO "SearchEntry" ("id", "userId", "conversationId", "messageId", "text", "writtenAt")
       SELECT m.rowid, k."userId", k."id", m."id", m."parts" ->> '$[0].text', unixepoch(m."createdAt") * 1000
       FROM "Message" m JOIN "Conversation" k ON k."id" = m."conversationId" ORDER BY m.rowid`,
    )
    database.exec(
      `INSERT INTO "SearchTerms" (rowid, "terms")
       SELECT e."id", p.terms || ' ¦' || replace(e."userId", '-', '')
       FROM "SearchEntry" e JOIN pool p ON p.n = ((e."id" - 1) * 7919) % ${POOL} ORDER BY e."id"`,
    )
    database.exec(
      `${numbers("c", 20)} INSERT INTO "ConversationTag" SELECT ${conversation("c * 10")}, 'old' FROM series`,
    )
    database.exec(`DELETE FROM "SearchQueue"; COMMIT; ANALYZE`)
    database.pragma("wal_checkpoint(TRUNCATE)")
  } finally {
    database.close()
  }
}
