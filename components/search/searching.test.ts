import { afterEach, beforeEach, expect, test, vi } from "vitest"
import { Searching } from "@/components/search/searching"
import type { SearchAnswer } from "@/lib/search/types"

interface Question {
  text: string
  cursor: string | null
  signal: AbortSignal
  answer: (ids: string[], cursor?: string) => void
  fail: () => void
}

let questions: Question[]
let searching: Searching

beforeEach(() => {
  vi.useFakeTimers()
  questions = []
  searching = new Searching(
    (text, cursor, signal) =>
      new Promise<SearchAnswer>((resolve, reject) => {
        const answer = (ids: string[], next?: string) =>
          resolve({
            hits: ids.map((id) => ({
              conversationId: id,
              title: { text: id, marks: [] },
              message: null,
              date: "2026-01-01T00:00:00Z",
            })),
            cursor: next ?? null,
            indexing: false,
          })
        questions.push({ text, cursor, signal, answer, fail: () => reject(new Error("no")) })
      }),
    () => "It failed.",
  )
})
afterEach(() => {
  vi.useRealTimers()
})

const found = () => searching.get().hits?.map(({ conversationId }) => conversationId) ?? null
const settle = () => vi.runAllTimersAsync()

test("typing sends one request after a pause", async () => {
  for (const text of ["l", "la", "lam", "lamp"]) searching.type(text)
  expect(searching.get().waiting).toBe(true)
  await settle()
  expect(questions.map(({ text }) => text)).toEqual(["lamp"])
  questions[0]?.answer(["a"])
  await settle()
  expect(searching.get()).toMatchObject({ waiting: false, error: null })
  expect(found()).toEqual(["a"])
})

test("a late response is ignored", async () => {
  searching.type("old")
  await settle()
  searching.type("new")
  await settle()
  questions[1]?.answer(["new"])
  await settle()
  questions[0]?.answer(["old"])
  await settle()
  expect(found()).toEqual(["new"])
})

test("an outdated request is aborted", async () => {
  searching.type("old")
  await settle()
  searching.type("new")
  await settle()
  expect(questions.map(({ signal }) => signal.aborted)).toEqual([true, false])
  searching.end()
  expect(questions[1]?.signal.aborted).toBe(true)
  questions[1]?.fail()
  await settle()
  expect(searching.get().error).toBeNull()
})

test("results stay until new ones arrive; an empty field clears them", async () => {
  searching.type("lamp")
  await settle()
  questions[0]?.answer(["a"], "20")
  await settle()
  searching.type("lamps")
  expect(found()).toEqual(["a"])
  expect(searching.get().cursor).toBeNull()
  searching.type(" ")
  expect(found()).toBeNull()
  await settle()
  expect(questions).toHaveLength(1)
})

test("a failure shows the reason and can be retried", async () => {
  searching.type("lamp")
  await settle()
  questions[0]?.fail()
  await settle()
  expect(searching.get()).toMatchObject({ waiting: false, error: "It failed." })
  searching.retry()
  questions[1]?.answer(["a"])
  await settle()
  expect(searching.get().error).toBeNull()
  expect(found()).toEqual(["a"])
})

test("more hits are appended to the existing ones", async () => {
  searching.type("lamp")
  await settle()
  questions[0]?.answer(["a"], "1")
  await settle()
  searching.more()
  searching.more()
  expect(questions.map(({ cursor }) => cursor)).toEqual([null, "1"])
  questions[1]?.answer(["b"])
  await settle()
  expect(found()).toEqual(["a", "b"])
  searching.more()
  expect(questions).toHaveLength(2)
})
