/** Graceful shutdown: answers that are almost done can finish, and no received text is lost. */
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import path from "node:path"
import { type App, freePort, startApp } from "@/e2e/support/app"
import { test as base, expect, fireworksEnv } from "@/e2e/support/fixtures"
import { Guest, newTurn, type Turn, textOf, words } from "@/e2e/support/guest"
import { checkStored } from "@/e2e/support/stored"
import type { MessageStatus } from "@/lib/messages/types"

interface Own {
  /** Starts an app for this test only; the next start uses the same data and address. */
  start: () => Promise<App>
}

const test = base.extend<Own>({
  start: async ({ modelServer }, use) => {
    const dataDir = mkdtempSync(path.join(tmpdir(), "sparkler-drain-"))
    const port = await freePort()
    await use(() => startApp({ dataDir, port, env: fireworksEnv(modelServer) }))
    rmSync(dataDir, { recursive: true, force: true })
  },
})

const SHORT = "[[words n=200 rate=100]]"
/** Runs for longer than any drain. */
const LONG = "[[words n=20000 rate=100]]"
/** Sends twenty words, then nothing until long after the drain. */
const SILENT = "[[fault silence=20 for=300000]] [[words n=40 rate=100]]"

/** Asks in separate conversations; resolves when all answers have text. */
async function askAll(guest: Guest, questions: string[]) {
  const turns = questions.map((question) => newTurn(crypto.randomUUID(), question))
  const ends = Promise.allSettled(turns.map((turn) => guest.ask(turn)))
  await expect.poll(() => turns.every(({ text }) => text !== "")).toBe(true)
  return { turns, ends }
}

/** The stored answer has this status, and all the text that the client has seen. */
async function expectStored(guest: Guest, turn: Turn | undefined, status: MessageStatus, whole: string) {
  if (!turn) throw new Error("not asked")
  const [question, answer] = (await guest.view(turn.conversationId))?.messages ?? []
  if (!question || !answer) throw new Error(`nothing is stored of ${turn.question}`)
  expect(textOf(question)).toBe(turn.question)
  expect(answer.metadata?.status).toBe(status)
  const text = textOf(answer)
  expect(text.startsWith(turn.text), "everything shown is stored").toBe(true)
  expect(whole.startsWith(text), "everything stored was sent").toBe(true)
  return text
}

test("SIGTERM: new requests are rejected, short answers finish, long ones keep their partial content", async ({
  start,
}) => {
  const app = await start()
  const guest = await Guest.arrive(app.url)
  const { turns, ends } = await askAll(guest, [SHORT, LONG, SILENT])
  const exited = app.stop()
  await expect.poll(async () => (await fetch(`${app.url}/api/ready`)).status).toBe(503)

  const late = newTurn(crypto.randomUUID(), "[[echo]] too late")
  const refused = await guest.post(late)
  expect(refused.status).toBe(503)
  expect(await refused.json()).toEqual({
    error: { code: "server:stopping", message: "The server is restarting. Try again in a moment." },
  })
  expect(await exited).toBe(0)
  await ends
  const [short, long, silent] = turns
  expect(short).toMatchObject({ finished: true, text: words(200) })

  const again = await start()
  checkStored(again.dataDir, { atRest: true })
  expect(await expectStored(guest, short, "complete", words(200))).toBe(words(200))
  await expectStored(guest, long, "interrupted", words(20_000))
  await expectStored(guest, silent, "interrupted", words(40))
  expect(await guest.view(late.conversationId)).toBeNull()
  await guest.ask(late)
  expect(late.text).toBe(late.question)
  expect(await again.stop()).toBe(0)
})

test("SIGINT exits immediately and loses nothing that was visible", async ({ start }) => {
  const app = await start()
  const guest = await Guest.arrive(app.url)
  const { turns, ends } = await askAll(guest, [LONG, SILENT])
  expect(await app.stop("SIGINT")).toBe(0)
  await ends
  const again = await start()
  checkStored(again.dataDir, { atRest: true })
  expect(again.log()).not.toContain("recovered")
  await expectStored(guest, turns[0], "interrupted", words(20_000))
  await expectStored(guest, turns[1], "interrupted", words(40))
  expect(await again.stop()).toBe(0)
})
