/** Every payload of `payloads.ts` in a chat, in a real browser: none runs, loads, or violates the policy. */
import type { Browser } from "@playwright/test"
import { v7 as uuidv7 } from "uuid"
import { type ChatPage, expect, test } from "@/e2e/support/fixtures"
import { ownerOf, seedConversation } from "@/e2e/support/seed"
import { type Database, openDatabase } from "@/lib/db/client"
import { chunks, expectInert, listen, openAll, renderAllMessages, triggerPayloads } from "./inert"
import { PAYLOADS } from "./payloads"

test.describe.configure({ timeout: 300_000 })

/** Maximum answer parts that the server renders. */
const MAX_SERVED = 50

/** The id of this chat's guest. */
async function guestOf(chat: ChatPage): Promise<string> {
  await chat.askAndWait("Hello")
  return ownerOf(chat.app.dataDir, chat.conversationId())
}

test("there are enough payloads, all unique", () => {
  expect(new Set(PAYLOADS).size).toBe(PAYLOADS.length)
  expect(PAYLOADS.length).toBeGreaterThanOrEqual(150)
})

test("the trap works: script execution and resource loads are detected", async ({ chat }) => {
  const { page } = chat
  const heard = await listen(page)
  await chat.open()
  await page.evaluate(() => {
    const image = new Image()
    image.src = "https://xss.invalid/i.png"
    const main = document.querySelector("main")
    const article = document.createElement("article")
    article.innerHTML = "<a href='javascript:xss()' onfocus=xss()>x</a>"
    main?.append(article, image)
    return Reflect.get(window, "xss")()
  })
  expect(await triggerPayloads(page)).toEqual(["a href=javascript:xss()", "a onfocus=xss()"])
  await expect.poll(() => heard.join()).toMatch(/a script ran.*policy: img-src|policy: img-src.*a script ran/)
})

test("in model output, while streaming and after a reload", async ({ chat }) => {
  const heard = await listen(chat.page)
  await chat.open()
  const groups = chunks(PAYLOADS, 24)
  for (const payloads of groups) {
    await chat.askAndWait(`[[echo]]\n\n${payloads.join("\n\n")}`)
    await expectInert(chat.page, heard)
  }
  await chat.reload()
  await renderAllMessages(chat.page)
  await expect(chat.articles("assistant").locator(".markdown")).toHaveCount(groups.length)
  await expectInert(chat.page, heard)
})

test("each separately in an answer, as rendered by the server, on its page and the shared page", async ({
  chat,
  browser,
}) => {
  const { page, app } = chat
  const heard = await listen(page)
  const userId = await guestOf(chat)
  const stranger = await newReader(browser)
  for (const payloads of chunks(PAYLOADS, MAX_SERVED)) {
    const question = { parts: [{ type: "text", text: payloads.join("\n\n") }] }
    const answer = { parts: payloads.map((text) => ({ type: "text", text, state: "done" })) }
    const id = await seedParts(chat, userId, payloads[0] ?? "", [{ question, answer }])
    await chat.open(`/c/${id}`)
    await expect(chat.answer().locator(".markdown")).toHaveCount(payloads.length)
    await expectInert(page, heard)
    const { share } = await (await page.request.post(`${app.url}/api/conversations/${id}/shares`)).json()
    await stranger.page.goto(`${app.url}${share.path}`)
    await expect(stranger.page.locator("article .markdown")).toHaveCount(payloads.length)
    await expectInert(stranger.page, stranger.heard)
  }
  await stranger.page.context().close()
})

async function newReader(browser: Browser) {
  const page = await (await browser.newContext()).newPage()
  return { page, heard: await listen(page) }
}

test("in tool calls and results, reasoning, files, structured output and errors", async ({ chat }) => {
  const { page } = chat
  const heard = await listen(page)
  const userId = await guestOf(chat)
  for (const payloads of chunks(PAYLOADS, 51)) {
    const turns = payloads.map((payload) => ({ question: asked(payload), answer: answered(payload) }))
    await chat.open(`/c/${await seedParts(chat, userId, "Parts", turns)}`)
    await renderAllMessages(page)
    await expect(page.locator('[role=log] article[data-role="user"] [data-words]')).toHaveCount(payloads.length)
    await openAll(page, "[role=log]")
    await expectInert(page, heard)
  }
})

type Columns = Parameters<Database["message"]["update"]>[0]["data"]

interface PartsTurn {
  question: Columns
  answer: Columns
}

/** Creates a chat whose messages have these columns. Returns its id. */
async function seedParts({ app }: ChatPage, userId: string, title: string, turns: PartsTurn[]): Promise<string> {
  const bare = turns.map(() => ({ question: "Show me", answer: "{}" }))
  const conversationId = await seedConversation(app.dataDir, { userId, title, model: "demo", turns: bare })
  const database = openDatabase(`file:${app.dataDir}/sparkler.db`)
  try {
    const rows = await database.message.findMany({ where: { conversationId }, orderBy: { createdAt: "asc" } })
    await database.$transaction(
      rows.flatMap(({ id, role }, n) => {
        const turn = turns[Math.floor(n / 2)]
        const data = role === "user" ? turn?.question : turn?.answer
        return data ? [database.message.update({ where: { id }, data })] : []
      }),
    )
    return conversationId
  } finally {
    await database.$disconnect()
  }
}

const asked = (payload: string) => ({
  parts: [
    { type: "text", text: payload },
    { type: "data-text-file", data: { name: payload, mediaType: "text/html", text: payload } },
    { type: "file", url: `/api/images/${uuidv7()}`, mediaType: "image/png", filename: payload },
    { type: "file", url: "javascript:xss()", mediaType: "image/svg+xml", filename: payload },
    { type: "file", url: "https://xss.invalid/i.png", mediaType: payload, filename: payload },
  ],
})

const answered = (payload: string) => {
  const call = (toolCallId: string) => ({ toolCallId, state: "output-available", input: { [payload]: payload } })
  return {
    parts: [
      { type: "reasoning", text: payload, state: "done" },
      { type: "dynamic-tool", toolName: payload, ...call("1"), output: { html: payload, list: [payload] } },
      { type: "tool-get_weather", ...call("2"), output: { place: payload, current: payload, days: [payload] } },
      { type: "tool-get_weather", ...call("3"), state: "output-error", errorText: payload },
      { type: "text", text: JSON.stringify({ [payload]: payload, url: "javascript:xss()" }), state: "done" },
    ],
    model: payload.slice(0, 100),
    finishReason: payload.slice(0, 40),
    output: {
      type: "json_schema",
      name: "x",
      schema: { title: payload, description: payload, type: "object", properties: { [payload]: { title: payload } } },
    },
    error: { code: "upstream:server_error", message: payload },
  }
}

const NUMBERED = { number: 1, url: "https://example.com/" }

/** A result of each lookup tool, in the form that its card expects. */
const lookedUp = (payload: string) => {
  const source = { ...NUMBERED, title: payload }
  const article = { title: payload, description: payload, url: NUMBERED.url, text: payload, cut: false }
  const others = [{ title: payload, description: payload, url: NUMBERED.url }]
  const parts = [
    {
      type: "tool-search_web",
      input: { query: payload },
      output: { query: payload, engine: "SearXNG", sources: [{ ...source, snippet: payload, date: null }] },
    },
    {
      type: "tool-read_web_page",
      input: { url: NUMBERED.url },
      output: {
        ...{ sources: [source], site: payload, author: payload, published: payload, text: payload },
        ...{ from: 0, characters: payload.length },
      },
    },
    {
      type: "tool-wikipedia",
      input: { query: payload },
      output: { language: "en", article, others, sources: [source] },
    },
  ]
  return parts.map((part, place) => ({ toolCallId: `${place}`, state: "output-available", ...part }))
}

test("in tool findings: page titles and texts, search results, articles", async ({ chat, browser }) => {
  const { page, app } = chat
  const heard = await listen(page)
  const userId = await guestOf(chat)
  const stranger = await newReader(browser)
  for (const payloads of chunks(PAYLOADS, 51)) {
    const turns = payloads.map((payload) => ({
      question: { parts: [{ type: "text", text: "Look" }] },
      answer: { parts: [...lookedUp(payload), { type: "text", text: "Found [1]", state: "done" }] },
    }))
    const id = await seedParts(chat, userId, "Found", turns)
    await chat.open(`/c/${id}`)
    await renderAllMessages(page)
    await openAll(page, "[role=log]")
    for (const tool of ["search_web", "read_web_page", "wikipedia"])
      await expect(page.locator(`[role=log] [data-tool="${tool}"]`)).toHaveCount(payloads.length)
    await expectInert(page, heard)
    const { share } = await (await page.request.post(`${app.url}/api/conversations/${id}/shares`)).json()
    await stranger.page.goto(`${app.url}${share.path}`)
    await renderAllMessages(stranger.page)
    await openAll(stranger.page, "article")
    await expectInert(stranger.page, stranger.heard)
  }
  await stranger.page.context().close()
})
