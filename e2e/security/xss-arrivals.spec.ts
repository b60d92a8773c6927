/** The payloads in imported content: chats of an export file, documents, and MCP servers. */
import type { Page } from "@playwright/test"
import { v7 as uuidv7 } from "uuid"
import { startApp } from "@/e2e/support/app"
import { ChatPage, expect, fireworksEnv, test } from "@/e2e/support/fixtures"
import { type McpSpeech, startMcpServer } from "@/e2e/support/mcp-server"
import { ownerOf } from "@/e2e/support/seed"
import { openDatabase } from "@/lib/db/client"
import { jsonFile } from "@/lib/import/files.fixture"
import { chunks, expectInert, listen, openAll, renderAllMessages } from "./inert"
import { NAMES, PAYLOADS } from "./payloads"

test.describe.configure({ timeout: 300_000 })

const time = (minute: number) => new Date(Date.UTC(2025, 2, 1, 10, minute)).toISOString()

/** A chat in Claude's export format, with these texts in every field that is read. */
const chatOf = (payloads: string[], place: number) => ({
  uuid: `0f9a2d7e-1111-4222-8333-${String(place).padStart(12, "0")}`,
  name: payloads[0],
  ...{ created_at: time(0), updated_at: time(payloads.length * 2), account: { uuid: "a" } },
  chat_messages: payloads.flatMap((payload, n) => [
    {
      ...{ uuid: `q${n}`, sender: "human", text: payload, created_at: time(n * 2) },
      parent_message_uuid: n === 0 ? "00000000-0000-4000-8000-000000000000" : `a${n - 1}`,
      content: [{ type: "text", text: payload }],
      attachments: [{ file_name: payload, file_type: "text/html", file_size: 9, extracted_content: payload }],
      files: [{ file_name: payload }],
    },
    {
      ...{ uuid: `a${n}`, sender: "assistant", text: "", created_at: time(n * 2 + 1), parent_message_uuid: `q${n}` },
      content: [
        { type: "thinking", thinking: payload },
        { type: "tool_use", id: `toolu_${n}`, name: payload, input: { query: payload } },
        { type: "tool_result", tool_use_id: `toolu_${n}`, content: [{ type: "text", text: payload }], is_error: false },
        { type: "text", text: payload, citations: [{ title: payload, url: "javascript:xss()" }] },
      ],
    },
  ]),
})

test("in an export file: its preview, its chats, their titles and files", async ({ chat }) => {
  const { page, app } = chat
  const heard = await listen(page)
  const groups = chunks(PAYLOADS, 51)
  await page.goto(`${app.url}/#settings/data`)
  const settings = page.getByRole("dialog", { name: "Settings" })
  await expect(settings.getByRole("button", { name: "Import chats…" })).toBeVisible()
  await page.locator("input[type=file][accept*=json]").setInputFiles({
    name: "<img src=x onerror=xss()>.json",
    mimeType: "application/json",
    buffer: jsonFile(groups.map(chatOf)),
  })
  const preview = page.getByRole("dialog", { name: "Import chats" })
  await expect(preview).toContainText(`${groups.length} chats from Claude`)
  for (const closed of await preview.locator("summary").all()) await closed.click()
  await expectInert(page, heard)
  await preview.getByRole("button", { name: `Import ${groups.length} chats` }).click()
  await expect(settings).toContainText(`${groups.length} chats were imported.`)
  await expectInert(page, heard)
  await page.keyboard.press("Escape")
  const links = page.locator('nav a[href^="/c/"]')
  await expect(links).toHaveCount(groups.length)
  const addresses = await links.evaluateAll((all) => all.map((link) => link.getAttribute("href") ?? ""))
  for (const address of addresses) {
    await chat.open(address)
    await renderAllMessages(page)
    await openAll(page, "[role=log]")
    await expectInert(page, heard)
  }
  expect(addresses).toHaveLength(groups.length)
})

/** An email with the payloads: as HTML, or as plain text. */
const letterOf = (payloads: string[], type: "html" | "plain") =>
  [
    `From: "${NAMES[0]?.replaceAll('"', "'")}" <ann@firm.test>`,
    "To: Bob <bob@firm.test>",
    `Subject: =?utf-8?b?${Buffer.from(NAMES.slice(0, 3).join(" ")).toString("base64")}?=`,
    "Date: Sun, 29 Nov 2026 10:00:00 +0000",
    "MIME-Version: 1.0",
    'Content-Type: multipart/mixed; boundary="b"',
    "",
    "--b",
    `Content-Type: text/${type}; charset=utf-8`,
    "Content-Transfer-Encoding: base64",
    "",
    ...(Buffer.from(payloads.map((each) => (type === "html" ? `<p>${each}</p>` : each)).join("\n\n"))
      .toString("base64")
      .match(/.{1,76}/g) ?? []),
    "--b",
    `Content-Type: application/zip; name*=UTF-8''${encodeURIComponent(NAMES[1] ?? "")}`,
    "Content-Disposition: attachment",
    "",
    "x",
    "--b--",
    "",
  ].join("\r\n")

test("in documents: their names, and their content in the viewer", async ({ chat }) => {
  const { page } = chat
  const heard = await listen(page)
  await chat.open()
  for (const type of ["html", "plain"] as const) {
    const name = `<img src=x onerror=xss()> ${type}.eml`
    await page
      .locator('input[type="file"]')
      .first()
      .setInputFiles({ name, mimeType: "message/rfc822", buffer: Buffer.from(letterOf([...PAYLOADS], type)) })
    const card = page.getByRole("button", { name: new RegExp(`^Open document .*${type}\\.eml`) })
    await expect(card).toContainText("Email")
    await expectInert(page, heard)
    await chat.askAndWait("hello")
    await chat
      .articles("user")
      .last()
      .getByRole("button", { name: new RegExp(`^Open document .*${type}\\.eml`) })
      .click()
    const viewer = page.getByRole("complementary", { name: /^Document / })
    await expect(viewer.getByText("bob@firm.test").first()).toBeVisible()
    await expectInert(page, heard)
    await page.keyboard.press("Escape")
    await expect(viewer).toBeHidden()
  }
})

/**
 * Tools with these payloads in everything a tool says about itself, and one that sends forms and echoes all of them.
 */
function speechOf(payloads: readonly string[]): McpSpeech {
  const properties = (some: readonly string[]) =>
    Object.fromEntries(
      some.map((payload) => [
        payload,
        { type: "string" as const, title: payload, description: payload, default: payload },
      ]),
    )
  const tools = payloads.map((payload) => ({
    ...{ name: payload, title: payload, description: payload },
    inputSchema: { type: "object" as const, properties: properties([payload]) },
  }))
  const zebra = { name: "zebra_quote", title: payloads[0] ?? "", description: payloads.slice(0, 40).join(" ") }
  const choices = { type: "string" as const, oneOf: payloads.map((title) => ({ const: title, title })) }
  return {
    name: payloads[0] ?? "",
    tools: [{ ...zebra, inputSchema: { type: "object", properties: properties(payloads.slice(0, 10)) } }, ...tools],
    forms: chunks([...PAYLOADS], 45).map((some) => ({
      message: some.join("\n"),
      requestedSchema: { type: "object", properties: { ...properties(some), "": { ...choices, title: some[0] } } },
    })),
    result: {
      content: [
        ...chunks([...PAYLOADS], 3).map((some) => ({ type: "text" as const, text: some.join("\n\n") })),
        ...payloads.slice(0, 20).map((payload) => ({
          type: "resource_link" as const,
          ...{ uri: "javascript:xss()", name: payload, title: payload, description: payload, mimeType: payload },
        })),
      ],
      structuredContent: Object.fromEntries(PAYLOADS.map((payload) => [payload, payload])),
    },
  }
}

const SERVER = "<img src=x onerror=xss()>"

test("from tool servers: their names, tools, forms and results", async ({ browser, modelServer }) => {
  const halves = chunks([...PAYLOADS], Math.ceil(PAYLOADS.length / 2))
  const servers = await Promise.all(halves.map((half) => startMcpServer(speechOf(half))))
  const app = await startApp({ env: { ...fireworksEnv(modelServer), MCP_ALLOWED_HOSTS: "127.0.0.1" } })
  const page = await (await browser.newContext({ locale: "en-US" })).newPage()
  const heard = await listen(page)
  const chat = new ChatPage(page, app)
  await chat.open()
  await chat.askAndWait("Hello")
  for (const [place, { url }] of servers.entries()) {
    const data = { name: place ? `${SERVER} ${place}` : SERVER, url }
    expect((await page.request.post(`${app.url}/api/mcp`, { data, headers: { origin: app.url } })).status()).toBe(201)
  }
  await nameServers(app.dataDir, await ownerOf(app.dataDir, chat.conversationId()))
  await page.goto("about:blank")
  await page.goto(`${app.url}/#settings/connections`)
  const dialog = page.getByRole("dialog")
  await expect(dialog.getByText(/Connected: 10\d tools/)).toHaveCount(2)
  await openAll(page, "[role=dialog]")
  await expect(dialog.locator("details[open] li")).toHaveCount(PAYLOADS.length + 2)
  await expect(dialog.getByRole("listitem").filter({ hasText: "Off" })).not.toHaveCount(0)
  await expectInert(page, heard)
  await chat.open()
  await chat.ask("Use the zebra quote tool")
  await callAndDecline(chat, page, heard)
  await chat.reload()
  await openAll(page, "[role=log]")
  await expectInert(page, heard)
  await page.context().close()
  await app.stop("SIGINT")
  for (const server of servers) await server.close()
})

/** Allows the call, and declines each of its forms. */
async function callAndDecline(chat: ChatPage, page: Page, heard: string[]): Promise<void> {
  const asking = chat.answer().getByRole("button", { name: "Allow once" }).first()
  await expect(asking).toBeVisible()
  await expectInert(page, heard)
  await asking.click()
  const form = chat.answer().getByRole("form").first()
  for (const some of chunks([...PAYLOADS], 45)) {
    await expect(form.locator("input, select, textarea")).toHaveCount(some.length + 1)
    await expect(form.getByText(some[0] ?? "").first()).toBeVisible()
    await expectInert(page, heard)
    await form.getByRole("button", { name: "Decline" }).click()
  }
  // The model writes a lot about this result.
  await expect(chat.answer()).toHaveAttribute("data-status", "complete", { timeout: 120_000 })
  await openAll(page, "[role=log]")
  await expectInert(page, heard)
}

/** Servers that are turned off, with each payload as a name. */
async function nameServers(dataDir: string, userId: string): Promise<void> {
  const database = openDatabase(`file:${dataDir}/sparkler.db`)
  const url = "https://xss.invalid/mcp"
  try {
    await database.mcpServer.createMany({
      data: PAYLOADS.filter((name) => name !== SERVER).map((name) => ({
        id: uuidv7(),
        userId,
        name,
        url,
        enabled: false,
      })),
    })
  } finally {
    await database.$disconnect()
  }
}
