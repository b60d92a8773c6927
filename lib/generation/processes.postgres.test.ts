/**
 * Answers of several processes on one PostgreSQL and one Redis: real processes, so that one can die or be suspended.
 */
import { once } from "node:events"
import { createServer, type ServerResponse } from "node:http"
import { v7 as uuidv7 } from "uuid"
import { afterAll, beforeAll, expect, test } from "vitest"
import { z } from "zod"
import { withoutPostgres } from "@/lib/db/databases.fixture"
import { emptyPostgres } from "@/lib/db/testing"
import { answersOf, compare } from "@/lib/generation/compare.fixture"
import { ask, eventsOf, newGuest, setUp, started, stored, textOf, user } from "@/lib/generation/generation.fixture"
import { Process } from "@/lib/generation/processes.fixture"
import { localRedis, type TestRedis, withoutRedis } from "@/lib/redis/redis.fixture"

const redis = await localRedis()
const postgres = redis && (await emptyPostgres())

if (postgres) {
  afterAll(() => Promise.all([postgres.drop(), redis.clear()]))
  setUp({ MAX_RUNNING_PER_USER: "3" }, postgres.url)
  cases(redis)
} else if (redis) withoutPostgres()
else withoutRedis()

interface Weather {
  url: string
  /** Resolves when a tool sends a request. */
  asked: Promise<unknown>
  /** Answers all pending requests, with a refusal. */
  answer(): void
  close(): Promise<unknown>
}

/** A weather service that keeps the tool waiting. */
async function startWeather(): Promise<Weather> {
  const waiting: ServerResponse[] = []
  const server = createServer((_, response) => void waiting.push(response))
  const asked = once(server, "request")
  server.listen(0, "127.0.0.1")
  await once(server, "listening")
  const { port } = z.object({ port: z.number() }).parse(server.address())
  return {
    url: `http://127.0.0.1:${port}`,
    asked,
    answer: () => {
      for (const response of waiting.splice(0)) response.writeHead(400).end()
    },
    close: () => {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(resolve))
    },
  }
}

function cases(redis: TestRedis): void {
  let one: Process
  let other: Process
  let weather: Weather
  beforeAll(async () => {
    weather = await startWeather()
    Object.assign(process.env, { WEATHER_URL: weather.url, GEOCODING_URL: weather.url })
    ;[one, other] = await Promise.all([Process.start(redis), Process.start(redis)])
  })
  afterAll(async () => {
    await Promise.all([one.end(), other.end()])
    await weather.close()
  })

  const read = (text: string) => eventsOf(new Response(text))
  const statusOf = async (id: string) => (await stored(id)).at(-1)?.metadata?.status
  const leaseOf = (messageId: string) =>
    started.testDb.database.generation.findFirstOrThrow({ where: { messageId }, orderBy: { startedAt: "desc" } })
  /** Makes what a process was writing count as abandoned, as after its lease has expired. */
  const endLease = async (messageId: string) => {
    const { id } = await leaseOf(messageId)
    await started.testDb.database.generation.update({ where: { id }, data: { leaseUntil: new Date(0) } })
  }

  test("an answer written by one process is followed from another: every event once, from any event number", async () => {
    const request = ask("[[words n=200 rate=30]]")
    const asked = one.begin("send", user, request)
    await asked.until("w3")
    const all = other.begin("follow", user.id, request.id, [{ after: -1 }])
    const rest = other.begin("follow", user.id, request.id, [{ after: 5 }])
    // Repeating the request at another process creates no second answer.
    const again = other.begin("send", user, request)
    for (const doing of [asked, all, rest, again]) expect(await doing.done).toBe(true)
    const { events, text, done } = await read(asked.text())
    expect(done).toBe(true)
    expect(text).toContain("w199")
    expect((await read(all.text())).events).toEqual(events)
    expect((await read(again.text())).events).toEqual(events)
    expect((await read(rest.text())).events).toEqual(events.slice(6))
    expect(await statusOf(request.id)).toBe("complete")
    // Also after the end, for clients that were reconnecting.
    const answerId = (await stored(request.id))[1]?.id
    const late = other.begin("follow", user.id, request.id, [{ messageId: answerId, after: 7 }])
    expect(await late.done).toBe(true)
    expect((await read(late.text())).events).toEqual(events.slice(8))
    expect(await other.call("follow", user.id, request.id, [{ after: -1 }])).toBe(false)
  })

  test("compared answers are followed from another process in one stream", async () => {
    const request = compare("[[words n=60 rate=10]]", 2)
    const asked = one.begin("send", user, request)
    await asked.until("w3")
    const places = request.compare.map(({ responseId }) => ({ messageId: responseId, after: -1 }))
    const followed = other.begin("follow", user.id, request.id, places, true)
    await Promise.all([asked.done, followed.done])
    const answers = await answersOf(new Response(asked.text()))
    expect([...answers.keys()].toSorted()).toEqual(places.map(({ messageId }) => messageId).toSorted())
    expect(await answersOf(new Response(followed.text()))).toEqual(answers)
  })

  test("a page opened at another process shows what has arrived so far", async () => {
    const request = ask("[[words n=5000 rate=200]]")
    const asked = one.begin("send", user, request)
    await asked.until("w20")
    const view = await other.call("view", user.id, request.id)
    expect(view?.messages[1]?.metadata?.status).toBe("streaming")
    expect(textOf(view?.messages[1])).toMatch(/^w0 w1 .*w20/)
    expect(await one.call("stop", user.id, request.id)).toBe(true)
  })

  test("stop from another process ends the answer, closes the upstream stream, and returns once it is stored", async () => {
    const request = ask("[[words n=5000 rate=200]]")
    const asked = one.begin("send", user, request)
    await asked.until("w3")
    expect(await other.call("stop", user.id, request.id)).toBe(true)
    expect(await statusOf(request.id)).toBe("stopped")
    await expect.poll(() => started.server.openStreams()).toBe(0)
    expect(await asked.done).toBe(true)
    expect(asked.text()).toContain('"status":"stopped"')
    expect(await other.call("stop", user.id, request.id)).toBe(false)
  })

  test("one of several compared answers is stopped from another process", async () => {
    const request = compare("[[words n=5000 rate=200]]", 2)
    const [first, second] = request.compare.map(({ responseId }) => responseId)
    const asked = one.begin("send", user, request)
    await asked.until("w3")
    expect(await other.call("stop", user.id, request.id, second)).toBe(true)
    const running = await started.testDb.database.generation.findMany({
      where: { conversationId: request.id, endedAt: null },
    })
    expect(running.map(({ messageId }) => messageId)).toEqual([first])
    expect(await other.call("stop", user.id, request.id)).toBe(true)
    await asked.done
  })

  test("a stopped answer continues in another process, followed from the first", async () => {
    const request = ask("[[words n=400 rate=50]]")
    const asked = one.begin("send", user, request)
    await asked.until("w3")
    await other.call("stop", user.id, request.id)
    await asked.done
    const answerId = (await stored(request.id))[1]?.id ?? ""
    await other.call("continue", user, request.id, { messageId: answerId, generationId: uuidv7() })
    const followed = one.begin("follow", user.id, request.id, [{ after: -1 }])
    expect(await followed.done).toBe(true)
    expect(textOf((await stored(request.id))[1])).toMatch(/^w0 w1 /)
    expect(await statusOf(request.id)).toBe("complete")
    expect((await read(followed.text())).text).toBe(textOf((await stored(request.id))[1]))
  })

  test("open pages are notified of changes made in another process", async () => {
    const who = await newGuest()
    const pages = [one, other].map((process) => process.begin("news", who.id))
    for (const page of pages) await page.until("event: open")
    const request = ask("[[words n=5]]")
    await one.call("send", who, request)
    for (const page of pages) {
      await page.until('"status":"complete"')
      const events = page
        .text()
        .split("\n\n")
        .flatMap((block) => (block.startsWith("data: ") ? JSON.parse(block.slice(6)) : []))
      const told = events.filter(({ answer }) => answer).map(({ id, answer }) => [id, answer.status])
      expect(told).toEqual([
        [request.id, "streaming"],
        [request.id, "complete"],
      ])
    }
  })

  test("the limit of concurrent answers per user applies across all processes", async () => {
    const who = await newGuest()
    const requests = [0, 1, 2].map(() => ask("[[words n=5000 rate=50]]"))
    await Promise.all(requests.map((request, n) => (n === 0 ? other : one).call("accept", who, request)))
    for (const process of [one, other])
      await expect(process.call("accept", who, ask("one more"))).rejects.toThrow("limit:reached")
    await Promise.all(requests.map(({ id }) => other.call("stop", who.id, id)))
    await other.call("send", who, ask("[[words n=1]]"))
  })

  test("an answer being written by a live process is left alone by the others", async () => {
    const request = ask("[[words n=5000 rate=50]]")
    const asked = one.begin("send", user, request)
    await asked.until("w3")
    const [answerId = ""] = (await stored(request.id)).slice(-1).map(({ id }) => id)
    const before = await leaseOf(answerId)
    expect(await other.call("recover")).toBe(0)
    // Renewed by its owner; the other process has checked in between.
    await expect.poll(async () => (await leaseOf(answerId)).leaseUntil > before.leaseUntil).toBe(true)
    expect((await leaseOf(answerId)).nodeId).toBe(before.nodeId)
    expect(await statusOf(request.id)).toBe("streaming")
    await other.call("stop", user.id, request.id)
  })

  test("an answer from a dead process is closed by another on its own: nothing is lost, and followers are notified", async () => {
    const doomed = await Process.start(redis)
    const request = ask("[[words n=5000 rate=200]]")
    const asked = doomed.begin("send", user, request)
    await asked.until("w20")
    const followed = other.begin("follow", user.id, request.id, [{ after: -1 }])
    await followed.until("w30")
    await doomed.end()
    await endLease((await stored(request.id))[1]?.id ?? "")
    expect(await followed.done).toBe(true)
    expect(followed.text()).toContain('"status":"interrupted"')
    expect(await statusOf(request.id)).toBe("interrupted")
    expect(textOf((await stored(request.id))[1])).toBe((await read(followed.text())).text)
    await other.call("send", user, ask("How many messages have I sent?", { id: request.id }))
    expect(await statusOf(request.id)).toBe("complete")
  })

  test("a message for the next step reaches the process writing the answer; if that dies right after, the answer has it once", async () => {
    const doomed = await Process.start(redis)
    const request = ask("What's the weather in Paris?")
    const asked = doomed.begin("send", user, request)
    await weather.asked
    const messageId = (await stored(request.id))[1]?.id ?? ""
    const note = { messageId, id: uuidv7(), text: "[[words n=5000 rate=100]]" }
    expect(await other.call("steer", user, request.id, note)).toBe("waiting")
    expect(await doomed.call("steer", user, request.id, note)).toBe("waiting")
    weather.answer()
    await asked.until('"data-steer"')
    expect(await other.call("steer", user, request.id, note)).toBe("given")
    await asked.until("w0")
    await doomed.end()
    await endLease(messageId)
    await other.call("recover")
    const notesIn = (parts: { type: string }[] = []) => parts.filter(({ type }) => type === "data-steer")
    const [, answer] = await stored(request.id)
    expect(answer?.metadata?.status).toBe("interrupted")
    expect(notesIn(answer?.parts)).toMatchObject([{ data: { id: note.id, text: note.text } }])
    expect(await other.call("steer", user, request.id, note)).toBe("over")
    await other.call("continue", user, request.id, { messageId, generationId: uuidv7() })
    expect(await other.call("steer", user, request.id, note)).toBe("given")
    await other.call("stop", user.id, request.id)
    expect(notesIn((await stored(request.id))[1]?.parts)).toHaveLength(1)
  })

  test("stopping an answer from a dead process closes it, long before its lease expires", async () => {
    const doomed = await Process.start(redis)
    const request = ask("[[words n=5000 rate=200]]")
    const asked = doomed.begin("send", user, request)
    await asked.until("w20")
    // A crash may lose the words since the last checkpoint.
    const { id: generationId } = await leaseOf((await stored(request.id))[1]?.id ?? "")
    const chunks = () => started.testDb.database.generationChunk.findMany({ where: { generationId } })
    await expect.poll(async () => JSON.stringify(await chunks())).toContain("w20")
    await doomed.end()
    expect(await other.call("stop", user.id, request.id)).toBe(true)
    expect(await statusOf(request.id)).toBe("interrupted")
    expect(textOf((await stored(request.id))[1])).toMatch(/^w0 .*w20/)
  })

  test("following an answer from a dead process closes it once its lease has expired", async () => {
    const doomed = await Process.start(redis)
    const request = ask("[[words n=5000 rate=200]]")
    const { answerIds } = await doomed.call("accept", user, request)
    await doomed.end()
    const [messageId = ""] = answerIds
    // Its log is gone as well, as after a restart of Redis.
    await started.testDb.database.generation.updateMany({
      where: { messageId },
      data: { id: uuidv7(), leaseUntil: new Date(0) },
    })
    await other.call("follow", user.id, request.id, [{ after: -1 }])
    expect(await statusOf(request.id)).toBe("interrupted")
  })

  test("a process suspended for too long loses its answer: it writes no more of it and makes no more model requests", async () => {
    const sleeper = await Process.start(redis)
    const request = ask("[[words n=5000 rate=100]]")
    const asked = sleeper.begin("send", user, request)
    await asked.until("w20")
    sleeper.signal("SIGSTOP")
    expect(await other.call("stop", user.id, request.id)).toBe(true)
    const closed = (await stored(request.id))[1]
    expect(closed?.metadata?.status).toBe("interrupted")
    sleeper.signal("SIGCONT")
    await expect.poll(() => started.server.openStreams()).toBe(0)
    await asked.done
    await sleeper.call("settled")
    expect((await stored(request.id))[1]).toEqual(closed)
    expect(await started.testDb.database.generationChunk.count()).toBe(0)
    await sleeper.end()
  })
}
