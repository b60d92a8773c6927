/**
 * Three processes behind nginx, while one is killed, one is restarted, Redis stops for five seconds, and PostgreSQL is
 * restarted: accepted messages are stored, each answer is complete or marked as interrupted, and none appears twice.
 * `npm run bench:scale` does the same with 200 streams.
 */
import { setTimeout as wait } from "node:timers/promises"
import { v7 as uuidv7 } from "uuid"
import { afterAll, expect, test } from "vitest"
import { contradictions, type Look, Person, type Turn } from "@/app/api/several/clients.fixture"
import { freePort, missing, Nginx, OwnPostgres, Server } from "@/app/api/several/several.fixture"
import { testGuest } from "@/lib/auth/guest.fixture"
import { setUp, started } from "@/lib/generation/generation.fixture"
import { OwnRedis } from "@/lib/redis/own-redis.fixture"

const TALKS = Number(process.env.SCALE_STREAMS ?? 12)
const WRITERS = 3
/** Duration of an answer in seconds, at 30 tokens a second. */
const SECONDS = 4

const lacks = missing()
if (lacks)
  test(`needs ${lacks}`, ({ skip }) => {
    if (!process.env.CI) skip(`${lacks} is not installed.`)
    expect.unreachable(`CI has to install ${lacks}`)
  })
else await cases()

async function cases(): Promise<void> {
  const [postgres, redis] = [await OwnPostgres.start(), await OwnRedis.start()]
  const servers: Server[] = []
  let nginx: Nginx
  setUp({ AUTH_SECRET: "s".repeat(40), MAX_RUNNING_PER_USER: "1000", MESSAGES_PER_MINUTE: "100000" }, postgres.url)
  // Cleanups run in reverse order: databases last.
  afterAll(async () => {
    await nginx?.close()
    await Promise.all(servers.map((server) => server.end("SIGKILL")))
    await redis.close()
    postgres.close()
  })

  test("no accepted message is lost or duplicated, and a conversation is consistent for all clients", async () => {
    const env = { DATABASE_URL: postgres.url, REDIS_URL: redis.url, GUEST_ANSWERS_PER_DAY: "100000" }
    const ports = [await freePort(), await freePort(), await freePort()]
    const start = async (n: number) => {
      servers[n] = await Server.start(ports[n] ?? 0, env)
    }
    await Promise.all([0, 1, 2].map(start))
    nginx = await Nginx.start(ports)
    const person = new Person(nginx.url, (await testGuest()).cookie)
    await expect.poll(() => fetch(`${nginx.url}/api/ready`).then(({ status }) => status)).toBe(200)

    let over = false
    const isOver = () => over
    const talks = Array.from({ length: TALKS }, () => ({ id: uuidv7(), turns: [] as Turn[] }))
    const load = talks.map(async ({ id, turns }) => {
      while (!over) turns.push(await person.ask(id, SECONDS * 30, 30, isOver))
    })
    const shared = { id: uuidv7(), turns: [] as Turn[], looks: [] as Look[] }
    const writers = Array.from({ length: WRITERS }, async () => {
      while (!over) shared.turns.push(await person.ask(shared.id, 2, 100, isOver))
    })
    const watcher = (async () => {
      while (!over) {
        const look = await person.look(shared.id)
        if (look) shared.looks.push(look)
        await wait(50)
      }
    })()

    await wait(3_000)
    await servers[0]?.end("SIGKILL")
    const back = start(0)
    await wait(2_000)
    await redis.stop()
    await wait(5_000)
    await redis.begin()
    await back
    const restarted = servers[1]?.end("SIGTERM").then(() => start(1))
    await wait(1_000)
    postgres.stop()
    postgres.begin()
    await restarted
    await wait(2_000)
    over = true
    await Promise.all([...load, ...writers, watcher])

    const open = () => postgres.query(`SELECT "id" FROM "Generation" WHERE "endedAt" IS NULL`)
    await expect.poll(open, { timeout: 60_000 }).toEqual([])
    const stored = await postgres.query(
      `SELECT "id", "parentId", "conversationId", "role", "status", "parts"::text AS parts FROM "Message" ORDER BY "createdAt", "id"`,
    )
    /** The questions of a conversation, starting with the first; fails if the tree has branches. */
    const lineOf = (conversationId: string) => {
      const rows = stored.filter((row) => row.conversationId === conversationId)
      const line = []
      for (let next = rows.filter(({ parentId }) => parentId === null); next.length > 0; ) {
        expect(next).toHaveLength(1)
        const [row = {}] = next
        line.push(row)
        next = rows.filter(({ parentId }) => parentId === row.id)
      }
      expect(line).toHaveLength(rows.length)
      expect(line.map(({ role }) => role)).toEqual(line.map((_, n) => (n % 2 === 0 ? "user" : "assistant")))
      return line
    }
    const statuses: Record<string, number> = {}
    for (const { id, turns } of [...talks, shared]) {
      const line = lineOf(id)
      for (const turn of turns) {
        const answer = line.find((row) => row.id === turn.answerId)
        if (turn.accepted === null && !answer) continue
        const status = String(answer?.status)
        statuses[status] = (statuses[status] ?? 0) + 1
        const text = textOf(String(answer?.parts))
        const whole = Array.from({ length: turn.words }, (_, n) => `w${n}`).join(" ")
        if (status === "complete") expect(text).toBe(whole)
        else expect([status, whole.startsWith(text)]).toEqual(["interrupted", true])
        // Each event once, in order, without gaps, however often the stream broke.
        expect(turn.seen).toEqual(turn.seen.map((_, n) => n + (turn.seen[0] ?? 0)))
        expect(whole.startsWith(turn.text)).toBe(true)
      }
    }
    const order = lineOf(shared.id).filter(({ role }) => role === "user")
    expect(
      contradictions(
        order.map(({ id }) => String(id)),
        shared.turns,
        shared.looks,
      ),
    ).toEqual([])
    expect(await postgres.query(`SELECT "generationId" FROM "GenerationChunk"`)).toEqual([])
    const breaks = talks.flatMap(({ turns }) => turns).reduce((sum, turn) => sum + turn.breaks, 0)
    console.info({ statuses, breaks, shared: shared.turns.length, looks: shared.looks.length })
    expect(statuses.complete).toBeGreaterThan(TALKS)
    // Title requests may still be running.
    await expect.poll(() => started.server.openStreams()).toBe(0)
  })
}

const textOf = (parts: string): string =>
  JSON.parse(parts)
    .map((part: { type: string; text?: string }) => (part.type === "text" ? part.text : ""))
    .join("")
