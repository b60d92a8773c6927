/** Every payload of `payloads.ts` as a name, of a person's things and of people, in a real browser. */
import type { Page } from "@playwright/test"
import { v7 as uuidv7 } from "uuid"
import { startAccountsApp } from "@/e2e/accounts/people"
import { type App, freePort } from "@/e2e/support/app"
import { ChatPage, expect, test } from "@/e2e/support/fixtures"
import { CLIENT, startIssuer } from "@/e2e/support/issuer"
import { signInWithIssuer } from "@/e2e/support/issuer-sign-in"
import { ownerOf } from "@/e2e/support/seed"
import { openDatabase } from "@/lib/db/client"
import { normalizeIssuerName } from "@/lib/issuers/issuers"
import { chunks, expectInert, listen } from "./inert"
import { NAMES, PAYLOADS } from "./payloads"

test.describe.configure({ timeout: 300_000 })

test("in names: of chats, folders, tags, presets, prompts and links", async ({ chat }) => {
  const { page, app } = chat
  const heard = await listen(page)
  await chat.askAndWait("Hello")
  const userId = await ownerOf(app.dataDir, chat.conversationId())
  const [folder] = await writeOwn(app.dataDir, userId)
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

/** Creates everything that has a name, one for each payload. Returns the folders' ids. */
async function writeOwn(dataDir: string, userId: string): Promise<string[]> {
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

/** People's names, as stored from an issuer's response. */
const PEOPLE = PAYLOADS.map((payload) => normalizeIssuerName(payload) ?? "")
/** Names that contain many payloads. */
const LONG_NAMES = chunks(PEOPLE, 51).map((names) => names.join(" "))

test("in user names from an issuer, and everywhere administrators and readers of links see them", async ({
  browser,
  modelServer,
}) => {
  const at = await freePort()
  const issuer = await startIssuer(`http://127.0.0.1:${at}/api/auth/callback/oidc`)
  const app = await startAccountsApp(modelServer, at, {
    ...{ OIDC_ISSUER: issuer.url, OIDC_ID: CLIENT.id, OIDC_SECRET: CLIENT.secret, OIDC_NAME: "<b>Example</b>" },
  })
  const page = await (await browser.newContext({ locale: "en-US" })).newPage()
  const heard = await listen(page)
  const chat = new ChatPage(page, app)
  await chat.open()
  await chat.askAndWait("Hello")
  const userId = await ownerOf(app.dataDir, chat.conversationId())
  for (const [place, name] of PAYLOADS.entries()) {
    issuer.signsIn({ sub: `person ${place}`, name, email: `${name}@example.com`, email_verified: true })
    expect(await signInWithIssuer(app.url), app.log().slice(-500)).toBe(`${app.url}/`)
  }
  const tokens = await writeNames(app.dataDir, userId, chat.conversationId())
  // The session is cached for a moment.
  await expect(async () => {
    await page.goto(`${app.url}/admin`)
    await expect(page.getByRole("heading", { name: "People" })).toBeVisible({ timeout: 1_000 })
  }).toPass()
  await expectAdminInert(app, page, heard)
  for (const token of tokens) {
    await page.goto(`${app.url}/share/${token}`)
    await expect(page.getByRole("heading").first()).toBeVisible()
    await expectInert(page, heard)
  }
  await ownNames(app, page, userId, heard)
  await page.context().close()
  await app.stop()
  await issuer.close()
})

/** Each page of the administration; the people pages list every person. */
async function expectAdminInert(app: App, page: Page, heard: string[]): Promise<void> {
  const pages = ["/people", "/shares", "/audit"].flatMap((place) =>
    chunks(PEOPLE, 50).map((_, n) => `${place}?page=${n + 1}`),
  )
  let people = ""
  for (const place of [...pages, "/access", "/models", "/usage"]) {
    await page.goto(`${app.url}/admin${place}`)
    await expect(page.getByRole("heading").first()).toBeVisible()
    if (place.startsWith("/people")) people += await page.locator("main").innerText()
    await expectInert(page, heard)
  }
  const shown = people.replace(/\s+/g, " ")
  expect(PEOPLE.filter((name) => !shown.includes(name))).toEqual([])
}

/** As one's own name: in the sidebar, on the account page, as the author in the sharing dialog. */
async function ownNames(app: App, page: Page, userId: string, heard: string[]): Promise<void> {
  const database = openDatabase(`file:${app.dataDir}/sparkler.db`)
  try {
    for (const name of LONG_NAMES) {
      await database.user.update({ where: { id: userId }, data: { name, email: `${name.slice(0, 200)}@x.test` } })
      await expect(async () => {
        await page.goto("about:blank")
        await page.goto(`${app.url}/#settings/account`)
        await expect(page.getByRole("dialog")).toBeVisible()
        expect(await page.locator("nav, aside").allInnerTexts()).toContainEqual(
          expect.stringContaining(name.slice(0, 20)),
        )
      }).toPass()
      await expectInert(page, heard)
    }
  } finally {
    await database.$disconnect()
  }
}

/**
 * Makes this guest an administrator, and creates links, notes, usage, and log entries with payloads. Returns tokens of
 * links.
 */
async function writeNames(dataDir: string, userId: string, conversationId: string): Promise<string[]> {
  const database = openDatabase(`file:${dataDir}/sparkler.db`)
  const links = LONG_NAMES.map((name) => ({ id: uuidv7(), name, token: uuidv7().replaceAll("-", "") }))
  try {
    const member = { guest: false, createdAt: new Date(), name: PEOPLE[0], email: "own@x.test" }
    await database.user.update({ where: { id: userId }, data: { ...member, admin: true } })
    const people = await database.user.findMany({ where: { guest: false, NOT: { id: userId } } })
    expect(people.map(({ name }) => name).sort()).toEqual([...PEOPLE].sort())
    const named = people.map(({ name }) => ({ id: uuidv7(), name: name ?? "" }))
    await database.usageDay.createMany({
      data: people.map(({ id, name }) => ({
        userId: id,
        model: name ?? "",
        day: new Date().toISOString().slice(0, 10),
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
    const shown = { userId, conversationId, imageIds: [] }
    await database.share.createMany({
      data: [
        ...links.map(({ name, ...link }) => ({
          ...shown,
          ...link,
          title: name,
          authorName: name,
          messages: said(name),
        })),
        ...named.map(({ id, name }) => ({
          ...{ ...shown, id, token: id.replaceAll("-", ""), title: name, authorName: name, messages: said(name) },
        })),
      ],
    })
    await database.shareReport.createMany({ data: named.map(({ id, name }) => ({ id, shareId: id, reason: name })) })
    return links.map(({ token }) => token)
  } finally {
    await database.$disconnect()
  }
}

const said = (text: string) => [{ id: uuidv7(), role: "assistant", parts: [{ type: "text", text }] }]
