/** Every payload of `payloads.ts` through every way in, in a real browser: none runs, loads, or breaks the policy. */
import { v7 as uuidv7 } from "uuid"
import { startApp } from "@/e2e/support/app"
import { ChatPage, expect, test } from "@/e2e/support/fixtures"
import { ownerOf, seedConversation } from "@/e2e/support/seed"
import { openDatabase } from "@/lib/db/client"
import { chunks, expectInert, listen, provoke } from "./inert"
import { NAMES, PAYLOADS } from "./payloads"

test.describe.configure({ timeout: 300_000 })

/** The id of this chat's guest. */
async function guestOf(chat: ChatPage): Promise<string> {
  await chat.askAndWait("Hello")
  return ownerOf(chat.app.dataDir, chat.conversationId())
}

test("there are enough payloads, each once", () => {
  expect(new Set(PAYLOADS).size).toBe(PAYLOADS.length)
  expect(PAYLOADS.length).toBeGreaterThanOrEqual(150)
})

test("a trap that is heard: what runs and what loads is noticed", async ({ chat }) => {
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
  expect(await provoke(page)).toEqual(["a href=javascript:xss()", "a onfocus=xss()"])
  await expect.poll(() => heard.join()).toMatch(/a script ran.*policy: img-src|policy: img-src.*a script ran/)
})

test("in what a model writes, while it comes and after a reload", async ({ chat }) => {
  const heard = await listen(chat.page)
  await chat.open()
  for (const payloads of chunks(PAYLOADS, 24)) {
    await chat.askAndWait(`[[echo]]\n\n${payloads.join("\n\n")}`)
    await expectInert(chat.page, heard)
    await chat.reload()
    await expect(chat.answer()).toHaveAttribute("data-status", "complete")
    await expectInert(chat.page, heard)
    await chat.open()
  }
})

test("alone in an answer and a question that were stored, and behind a link", async ({ chat, browser }) => {
  const { page, app } = chat
  const heard = await listen(page)
  const userId = await guestOf(chat)
  const stranger = await (await browser.newContext()).newPage()
  const heardThere = await listen(stranger)
  for (const payloads of chunks(PAYLOADS, 8)) {
    const turns = payloads.map((payload) => ({ question: payload, answer: payload }))
    const id = await seedConversation(app.dataDir, { userId, title: payloads[0] ?? "", model: "demo", turns })
    await chat.open(`/c/${id}`)
    await expect(chat.articles("assistant")).toHaveCount(payloads.length)
    await expectInert(page, heard)
    const { share } = await (await page.request.post(`${app.url}/api/conversations/${id}/shares`)).json()
    await stranger.goto(`${app.url}${share.path}`)
    await expect(stranger.locator('article[data-role="assistant"]')).toHaveCount(payloads.length)
    await expectInert(stranger, heardThere)
  }
  await stranger.context().close()
})

test("in tool calls and results, thinking, files, structured output and errors", async ({ chat }) => {
  const { page, app } = chat
  const heard = await listen(page)
  const userId = await guestOf(chat)
  for (const payloads of chunks(PAYLOADS, 8)) {
    const turns = payloads.map(() => ({ question: "Show me", answer: "{}" }))
    const id = await seedConversation(app.dataDir, { userId, title: "Parts", model: "demo", turns })
    await writeParts(app.dataDir, id, payloads)
    await chat.open(`/c/${id}`)
    await expect(chat.articles("assistant")).toHaveCount(payloads.length)
    await expectInert(page, heard)
    await page.evaluate(() => {
      for (const closed of document.querySelectorAll("[role=log] summary, [role=log] [aria-expanded=false]"))
        if (closed instanceof HTMLElement) closed.click()
    })
    await page.keyboard.press("Escape")
    await expectInert(page, heard)
  }
})

/** Puts each payload into all parts that an answer and a question can have. */
async function writeParts(dataDir: string, conversationId: string, payloads: string[]): Promise<void> {
  const database = openDatabase(`file:${dataDir}/sparkler.db`)
  try {
    const rows = await database.message.findMany({ where: { conversationId }, orderBy: { createdAt: "asc" } })
    for (const [n, { id, role }] of rows.entries()) {
      const payload = payloads[Math.floor(n / 2)] ?? ""
      await database.message.update({ where: { id }, data: role === "user" ? asked(payload) : answered(payload) })
    }
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

test("in names: of chats, folders, tags, presets, prompts and links", async ({ chat }) => {
  const { page, app } = chat
  const heard = await listen(page)
  const userId = await guestOf(chat)
  const [folder] = await writeNames(app.dataDir, userId)
  const palette = page.getByRole("dialog")
  await chat.open()
  await expect(page.getByText(NAMES[0] ?? "", { exact: true }).first()).toBeAttached()
  await expectInert(page, heard)
  await page.keyboard.press("Control+k")
  await palette.getByRole("combobox").first().fill("xss")
  await expect(palette.getByRole("option").first()).toBeVisible()
  await expectInert(page, heard)
  await page.keyboard.press("Escape")
  await chat.message.fill("/")
  await expect(page.getByRole("option").first()).toBeVisible()
  await expectInert(page, heard)
  await chat.message.fill("")
  for (const place of [`/?folder=${folder}`, "/#settings/instructions", "/#settings/data"]) {
    await page.goto(`${app.url}${place}`)
    await expect(page.locator("main")).toBeAttached()
    await expectInert(page, heard)
  }
})

/** Of everything that has a name, one for each payload. Returns the folders' ids. */
async function writeNames(dataDir: string, userId: string): Promise<string[]> {
  const database = openDatabase(`file:${dataDir}/sparkler.db`)
  const named = NAMES.map((name) => ({ id: uuidv7(), folder: uuidv7(), name }))
  try {
    await database.folder.createMany({ data: named.map(({ folder: id, name }) => ({ id, userId, name })) })
    await database.conversation.createMany({
      data: named.map(({ id, folder, name }, n) => ({ id, userId, title: name, folderId: n % 2 ? folder : null })),
    })
    await database.conversationTag.createMany({
      data: named.map(({ id, name }) => ({ conversationId: id, name: name.toLowerCase() })),
    })
    await database.preset.createMany({
      data: named.slice(0, 50).map(({ name }) => ({ id: uuidv7(), userId, name, settings: { systemPrompt: name } })),
    })
    await database.prompt.createMany({
      data: named.slice(0, 50).map(({ name }, n) => ({ id: uuidv7(), userId, command: `xss${n}`, text: name })),
    })
    await database.share.createMany({
      data: named.map(({ id, name }) => ({
        ...{ id: uuidv7(), userId, conversationId: id, title: name, token: id.replaceAll("-", "") },
        ...{ messages: [], imageIds: [] },
      })),
    })
  } finally {
    await database.$disconnect()
  }
  return named.map(({ folder }) => folder)
}

test("in what the administration and readers of links see: names, addresses, notes, reports", async ({ browser }) => {
  const app = await startApp()
  const page = await (await browser.newContext()).newPage()
  const heard = await listen(page)
  const chat = new ChatPage(page, app)
  await chat.open()
  await chat.askAndWait("Hello")
  const userId = await ownerOf(app.dataDir, chat.conversationId())
  const tokens = await writePeople(app.dataDir, userId, chat.conversationId())
  // The session is known for a moment as it was.
  await expect(async () => {
    await page.goto(`${app.url}/admin`)
    await expect(page.getByRole("heading", { name: "People" })).toBeVisible({ timeout: 1_000 })
  }).toPass()
  for (const place of ["", "?page=2", "/access", "/models", "/usage", "/shares", "/audit"]) {
    await page.goto(`${app.url}/admin${place}`)
    await expect(page.getByRole("heading").first()).toBeVisible()
    await expectInert(page, heard)
  }
  for (const token of tokens) {
    await page.goto(`${app.url}/share/${token}`)
    await expect(page.getByRole("heading").first()).toBeVisible()
    await expectInert(page, heard)
  }
  await page.goto(`${app.url}/#settings/account`)
  await expect(page.getByRole("dialog")).toBeVisible()
  await expectInert(page, heard)
  await page.context().close()
  await app.stop()
})

/** Makes this guest an administrator with a payload for a name, and people, links, notes and entries with others. */
async function writePeople(dataDir: string, userId: string, conversationId: string): Promise<string[]> {
  const database = openDatabase(`file:${dataDir}/sparkler.db`)
  const named = NAMES.map((name) => ({ id: uuidv7(), name, token: uuidv7().replaceAll("-", "") }))
  const [own = ""] = NAMES
  try {
    const member = { guest: false, createdAt: new Date() }
    await database.user.update({
      where: { id: userId },
      data: { ...member, admin: true, name: own, email: `${own}@x.test` },
    })
    await database.user.createMany({
      data: named.map(({ id, name }) => ({ ...member, id, name, email: `${id}${name}@x.test` })),
    })
    await database.usageDay.createMany({
      data: named.map(({ id, name }) => ({
        userId: id,
        day: new Date().toISOString().slice(0, 10),
        model: name,
        answers: 1,
      })),
    })
    await database.invitation.createMany({
      data: named.map(({ id, name }) => ({ id, tokenHash: id, createdById: userId, note: name })),
    })
    await database.auditEntry.createMany({
      data: named.map(({ id, name }) => ({
        ...{ id, actorId: id, actorName: name, targetId: id, targetName: name, address: name },
        ...{ action: "account.created", details: { [name]: name } },
      })),
    })
    await database.share.createMany({
      data: named.map(({ id, name, token }) => ({
        ...{ id, token, userId, conversationId, title: name, authorName: name, imageIds: [] },
        messages: [{ id: uuidv7(), role: "assistant", parts: [{ type: "text", text: name }] }],
      })),
    })
    await database.shareReport.createMany({ data: named.map(({ id, name }) => ({ id, shareId: id, reason: name })) })
    return named.slice(0, 20).map(({ token }) => token)
  } finally {
    await database.$disconnect()
  }
}
