/**
 * In any order of actions – send, send again, stop, reload, attach, cut, continue, crash – no event is duplicated or
 * lost, the message tree stays valid, and at most one generation writes a message.
 */
import { rmSync } from "node:fs"
import path from "node:path"
import { setTimeout as wait } from "node:timers/promises"
import { test as base, expect } from "@playwright/test"
import Sqlite from "better-sqlite3"
import { v7 as uuidv7 } from "uuid"
import { type App, freePort, startApp } from "@/e2e/support/app"
import { API_KEY, MODEL } from "@/e2e/support/fixtures"
import { Guest, words } from "@/e2e/support/guest"
import { Random } from "@/e2e/support/random"
import { type NumberedChunk, type Reading, readStream, textOf } from "@/e2e/support/read-stream"
import { type DemoServer, startDemoServer } from "@/lib/demo/demo-server"

const STEPS = 220
const CRASHES = 4
const WORKERS = 4

/** A conversation as the test knows it. */
interface Talk {
  id: string
  client: Guest
  /** Every accepted question, with its answer. */
  turns: Turn[]
}

interface Turn {
  questionId: string
  parentId: string | null
  answerId: string
  words: number
  rate: number
  /** Runs started for the answer: 1, plus one for each Continue. */
  runs: number
}

const test = base.extend<{ world: World }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the first parameter's pattern
  world: async ({}, use) => {
    const world = await World.start(new Random())
    await use(world)
    await world.end()
  },
})

test("random answer lifecycles keep their invariants", async ({ world }) => {
  const note = `SEED=${world.chance.seed} repeats the choices`
  for (let round = 0; round <= CRASHES; round++) {
    await Promise.all(Array.from({ length: WORKERS }, () => world.live(STEPS / (CRASHES + 1) / WORKERS)))
    if (round < CRASHES) await world.crash()
  }
  await world.settle()
  expect(world.problems, note).toEqual([])
  world.checkStored(note)
  expect(world.happened.size, "every kind of step occurred").toBe(7)
})

class World {
  readonly problems: string[] = []
  readonly happened = new Set<string>()
  private readonly talks: Talk[] = []
  private readonly readings: Promise<void>[] = []
  /** Each event of each run, as seen by its first reader. */
  private readonly seen = new Map<string, string>()
  private readonly taken = new Set<Talk>()

  private constructor(
    readonly chance: Random,
    private readonly model: DemoServer,
    private app: App,
    private readonly client: Guest,
    private readonly port: number,
  ) {}

  static async start(random: Random): Promise<World> {
    const model = await startDemoServer({ testMode: true, apiKey: API_KEY, models: [{ id: MODEL }], firstTokenMs: 20 })
    const port = await freePort()
    const app = await startApp({ port, env: World.env(model) })
    return new World(random, model, app, await Guest.arrive(app.url), port)
  }

  private static env = (model: DemoServer) => ({
    FIREWORKS_API_KEY: API_KEY,
    FIREWORKS_BASE_URL: model.url,
    DEFAULT_MODEL: MODEL,
    MAX_RUNNING_PER_USER: "100",
  })

  async end(): Promise<void> {
    await this.app.stop()
    await this.model.close()
    rmSync(this.app.dataDir, { recursive: true, force: true })
  }

  /** Performs `steps` steps in sequence in conversations that only this client uses. */
  async live(steps: number): Promise<void> {
    for (let step = 0; step < steps; step++) {
      const free = this.talks.filter((talk) => !this.taken.has(talk))
      const talk = free.length === 0 || this.chance.next() < 0.15 ? this.newTalk() : this.chance.pick(free)
      this.taken.add(talk)
      try {
        await this.step(talk)
      } finally {
        this.taken.delete(talk)
      }
      await wait(this.chance.between(0, 120))
    }
  }

  private newTalk(): Talk {
    const talk = { id: uuidv7(), client: this.client, turns: [] }
    this.talks.push(talk)
    return talk
  }

  private async step(talk: Talk): Promise<void> {
    const steps = ["send", "send", "attach", "attach", "stop", "again", "reload", "continue", "regenerate"] as const
    const kind = talk.turns.length === 0 ? "send" : this.chance.pick(steps)
    const turn = talk.turns.at(-1)
    this.happened.add(kind)
    if (kind === "send") await this.send(talk, this.newTurn(talk))
    else if (!turn) return
    else if (kind === "regenerate") await this.send(talk, { ...turn, answerId: uuidv7(), runs: 1 })
    else if (kind === "again") await this.again(talk, turn)
    else if (kind === "attach") await this.attach(talk, turn)
    else if (kind === "stop") await talk.client.stop(talk.id)
    else if (kind === "reload") await talk.client.view(talk.id)
    else await this.goOn(talk, turn)
  }

  private newTurn(talk: Talk): Turn {
    const parentId = talk.turns.length > 0 ? this.chance.pick(talk.turns).answerId : null
    const ids = { questionId: uuidv7(), answerId: uuidv7(), parentId }
    return { ...ids, words: this.chance.between(1, 400), rate: this.chance.pick([0, 100, 400]), runs: 1 }
  }

  private request = (talk: Talk, { questionId, answerId, parentId, words: count, rate }: Turn) => ({
    id: talk.id,
    parentId,
    responseId: answerId,
    message: { id: questionId, parts: [{ type: "text" as const, text: `[[words n=${count} rate=${rate}]]` }] },
  })

  private async send(talk: Talk, turn: Turn): Promise<void> {
    const response = await talk.client.send(this.request(talk, turn))
    if (response.status === 409) return
    if (!response.ok) return void this.problems.push(`send: status ${response.status}`)
    talk.turns.push(turn)
    // Some read to the end, some disconnect after a few events.
    this.follow(turn, -1, readStream(response, this.chance.next() < 0.5 ? this.chance.between(1, 60) : undefined))
  }

  /** Sends the same request ten times at once, which must create nothing new. */
  private async again(talk: Talk, turn: Turn): Promise<void> {
    const responses = await Promise.all(Array.from({ length: 10 }, () => talk.client.send(this.request(talk, turn))))
    for (const response of responses) {
      if (!response.ok) this.problems.push(`again: status ${response.status}`)
      await response.body?.cancel()
    }
  }

  private async attach(talk: Talk, turn: Turn): Promise<void> {
    const after = this.chance.between(-1, 40)
    const response = await talk.client.attach(talk.id, after, turn.answerId)
    if (response.status === 200) this.follow(turn, after, readStream(response, this.chance.between(1, 500)))
    else if (response.status !== 204) this.problems.push(`attach: status ${response.status}`)
  }

  private async goOn(talk: Talk, turn: Turn): Promise<void> {
    const response = await talk.client.goOn(talk.id, { messageId: turn.answerId, generationId: uuidv7() })
    if (response.status === 202) turn.runs++
    else if (response.status !== 409) this.problems.push(`continue: status ${response.status}`)
  }

  /** Compares what a reader sees with what others have seen of the same run. */
  private follow(turn: Turn, after: number, reading: Promise<Reading>): void {
    const run = `${turn.answerId}/${turn.runs}`
    this.readings.push(
      reading.then(({ events, done }) => {
        const numbers = events.map(({ seq }) => seq)
        // A stored answer has separate event numbers.
        if (events.some(({ json }) => json.includes('"stored-') && after === -1)) return
        const expected = events.map((_, index) => after + 1 + index)
        if (numbers.join() !== expected.join()) this.problems.push(`${run}: events ${numbers.join()} after ${after}`)
        for (const event of events) this.compare(run, event)
        if (done && after === -1 && !words(turn.words).startsWith(textOf(events)))
          this.problems.push(`${run}: text ${textOf(events).slice(0, 80)}`)
      }),
    )
  }

  private compare(run: string, { seq, json }: NumberedChunk): void {
    const key = `${run}/${seq}`
    const known = this.seen.get(key)
    if (known !== undefined && known !== json) this.problems.push(`${key}: ${json} where ${known} was`)
    this.seen.set(key, json)
  }

  /** `kill -9`, and a restart with the same data. */
  async crash(): Promise<void> {
    const { dataDir } = this.app
    await this.app.kill9()
    await Promise.all(this.readings.splice(0))
    this.app = await startApp({ port: this.port, dataDir, env: World.env(this.model) })
    // Running runs ended there: a run with the same number is a different one.
    for (const { turns } of this.talks) for (const turn of turns) turn.runs += 100
  }

  /** Waits until nothing is running. */
  async settle(): Promise<void> {
    await Promise.all(this.talks.map((talk) => talk.client.stop(talk.id)))
    await Promise.all(this.readings.splice(0))
  }

  /** Checks the database directly. */
  checkStored(note: string): void {
    const database = new Sqlite(path.join(this.app.dataDir, "sparkler.db"), { readonly: true })
    type Row = {
      id: string
      conversationId: string
      parentId: string | null
      role: string
      status: string
      parts: string
    }
    const rows = database.prepare("SELECT * FROM Message").all() as Row[]
    const open = database.prepare("SELECT count(*) n FROM Generation WHERE endedAt IS NULL").get()
    const chunks = database.prepare("SELECT count(*) n FROM GenerationChunk").get()
    const leaves = database
      .prepare(
        "SELECT count(*) n FROM Conversation c WHERE NOT EXISTS (SELECT 1 FROM Message m WHERE m.id = c.activeLeafId)",
      )
      .get()
    database.close()
    expect({ open, chunks, leaves }, note).toEqual({ open: { n: 0 }, chunks: { n: 0 }, leaves: { n: 0 } })
    const byId = new Map(rows.map((row) => [row.id, row]))
    for (const row of rows) {
      const parent = row.parentId === null ? null : byId.get(row.parentId)
      expect(parent === null || parent?.conversationId === row.conversationId, `${note}: parent of ${row.id}`).toBe(
        true,
      )
      expect(row.role, `${note}: ${row.id}`).toBe(parent?.role === "user" ? "assistant" : "user")
    }
    const known = this.talks.flatMap(({ turns }) => turns)
    expect(rows.length, note).toBe(new Set(known.flatMap(({ questionId, answerId }) => [questionId, answerId])).size)
    for (const turn of known) {
      const answer = byId.get(turn.answerId)
      const text = (JSON.parse(answer?.parts ?? "[]") as { text?: string }[]).map((part) => part.text ?? "").join("")
      expect(words(turn.words).startsWith(text), `${note}: ${text.slice(0, 80)}`).toBe(true)
      expect(["complete", "stopped", "interrupted"], `${note}: ${turn.answerId}`).toContain(answer?.status)
      if (answer?.status === "complete") expect(text, note).toBe(words(turn.words))
    }
  }
}
