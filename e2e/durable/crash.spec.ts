/** Repeated kill -9 under load: accepted messages are stored, and text that was read isn't lost. */
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import path from "node:path"
import { setTimeout as wait } from "node:timers/promises"
import { type App, freePort, launch, startApp } from "@/e2e/support/app"
import { type Crash, nextTurn, resendLastPost, settle, verifyConversation } from "@/e2e/support/check-talk"
import { ChatPage, expect, fireworksEnv, test } from "@/e2e/support/fixtures"
import { Guest } from "@/e2e/support/guest"
import { chatUntil, newTalk, type Talk } from "@/e2e/support/load"
import { Random } from "@/e2e/support/random"
import { checkStored, loggedTexts } from "@/e2e/support/stored"

/** For more rounds, run `CRASHES=20 npm test -- e2e/durable/crash.spec.ts`. */
const ROUNDS = Number(process.env.CRASHES ?? 8)
const GUESTS = 3
/** Maximum milliseconds between the start of the load and the kill. */
const LATEST_KILL_MS = 1_600
/**
 * Milliseconds of text that a crash may lose: a checkpoint and the time to write it, which is longer on a loaded
 * machine. Most crashes lose less.
 */
const MAX_LOST_MS = 1_000
const USUALLY_LOST_MS = 200
/** How often the restart is killed, too, in rounds. */
const KILL_RESTART_EVERY = 4

const NO_CRASH: Crash = { killedAt: 0, logged: new Map() }

test(`${ROUNDS} crashes under load lose nothing that was accepted`, async ({ modelServer }) => {
  // It takes two minutes on an idle machine.
  test.setTimeout(900_000)
  const random = new Random()
  const dataDir = mkdtempSync(path.join(tmpdir(), "sparkler-crash-"))
  const place = { dataDir, port: await freePort(), env: fireworksEnv(modelServer) }
  let app = await startApp(place)
  const guests = await Promise.all(Array.from({ length: GUESTS }, () => Guest.arrive(app.url)))
  const all: Talk[] = []
  /** Milliseconds of text lost in each crash. */
  const lost: number[] = []
  try {
    while (lost.length < ROUNDS) {
      // Two new conversations for each guest, and one continues from the previous round.
      const earlier = all.slice(-GUESTS)
      const fresh = [...guests, ...guests].map(newTalk)
      all.push(...fresh)
      const talks = [...earlier, ...fresh]
      const killedAt = await loadAndKill(app, talks, random)
      checkStored(dataDir, { atRest: false })
      const crash = { killedAt, logged: loggedTexts(dataDir) }
      if (lost.length % KILL_RESTART_EVERY === 0) await killWhileStarting(place, random)
      app = await startApp(place)
      checkStored(dataDir, { atRest: true })
      lost.push(Math.max(...(await Promise.all(talks.map((talk) => verifyConversation(talk, crash))))))
      await Promise.all(talks.map(resendLastPost))
      await Promise.all(fresh.slice(0, GUESTS).map((talk) => nextTurn(talk, modelServer.requests)))
      await Promise.all(talks.map(settle))
    }
    for (const talk of all) await verifyConversation(talk, NO_CRASH)
    checkStored(dataDir, { atRest: true })
    expect(Math.max(...lost)).toBeLessThan(MAX_LOST_MS)
    expect(medianOf(lost)).toBeLessThan(USUALLY_LOST_MS)
  } finally {
    const questions = all.flatMap(({ turns }) => turns).length
    const costs = `${Math.round(medianOf(lost))} ms of text lost in the median, ${Math.round(Math.max(0, ...lost))} at most`
    console.info(`${lost.length} crashes, ${questions} questions, ${costs} (SEED=${random.seed})`)
    await app.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
})

const medianOf = (numbers: number[]) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0

/** Kills the app during all these conversations; returns the time of the kill. */
async function loadAndKill(app: App, talks: Talk[], random: Random): Promise<number> {
  let over = false
  const load = Promise.all(talks.map((talk) => chatUntil(talk, random, () => over)))
  await Promise.race([load, wait(random.between(1, LATEST_KILL_MS))])
  over = true
  const killedAt = performance.now()
  await app.kill9()
  await load
  return killedAt
}

async function killWhileStarting(place: Parameters<typeof launch>[0], random: Random): Promise<void> {
  const { child, exited } = launch(place)
  await wait(random.between(1, 1_200))
  child.kill("SIGKILL")
  await exited
}

test("an open page recovers automatically after a crash", async ({ page, modelServer }) => {
  const dataDir = mkdtempSync(path.join(tmpdir(), "sparkler-crash-"))
  const place = { dataDir, port: await freePort(), env: fireworksEnv(modelServer) }
  const app = await startApp(place)
  const chat = new ChatPage(page, app)
  await chat.open()
  await chat.ask("[[words n=20000 rate=100]]")
  await expect(chat.answer()).toContainText("w40")
  const status = page.getByRole("status").filter({ hasText: "Reconnecting" })
  await app.kill9()
  await expect(status).toBeVisible()
  await expect(chat.answer()).toContainText("w40")
  const again = await startApp(place)
  const interrupted = await chat.ended("interrupted")
  await expect(interrupted).toContainText("w30 ")
  await expect(status).toHaveCount(0)
  await chat.askAndWait("[[echo]] and on it goes")
  await expect(chat.answer()).toContainText("and on it goes")
  await again.stop()
  rmSync(dataDir, { recursive: true, force: true })
})
