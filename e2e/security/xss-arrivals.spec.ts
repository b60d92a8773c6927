/** The payloads by what comes from elsewhere: chats of an export file, and names that an issuer tells. */
import { openAccount, startAccountsApp } from "@/e2e/accounts/people"
import { freePort } from "@/e2e/support/app"
import { expect, test } from "@/e2e/support/fixtures"
import { CLIENT, startIssuer } from "@/e2e/support/issuer"
import { jsonFile } from "@/lib/import/files.fixture"
import { chunks, expectInert, listen } from "./inert"
import { NAMES, PAYLOADS } from "./payloads"

test.describe.configure({ timeout: 300_000 })

const time = (minute: number) => new Date(Date.UTC(2025, 2, 1, 10, minute)).toISOString()

/** A chat as Claude exports one, with these texts in every place that is read. */
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
  const groups = chunks(PAYLOADS, 16)
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
    await expect(chat.articles("assistant").last()).toBeVisible()
    await expectInert(page, heard)
  }
})

test("in names and addresses of people that an issuer tells", async ({ browser, modelServer }) => {
  const at = await freePort()
  const issuer = await startIssuer(`http://127.0.0.1:${at}/api/auth/callback/oidc`)
  const app = await startAccountsApp(modelServer, at, {
    ...{ OIDC_ISSUER: issuer.url, OIDC_ID: CLIENT.id, OIDC_SECRET: CLIENT.secret, OIDC_NAME: "<b>Example</b>" },
  })
  const names = NAMES.filter((_, place) => place % Math.ceil(NAMES.length / 20) === 0)
  for (const [place, name] of names.entries()) {
    const context = await browser.newContext({ locale: "en-US" })
    const page = await context.newPage()
    const heard = await listen(page)
    issuer.signsIn({ sub: `person ${place}`, name, email: `${name}@example.com`, email_verified: true })
    await page.goto(`${app.url}/sign-in`)
    await page.getByRole("button", { name: "Continue with <b>Example</b>" }).click()
    await page.waitForURL(`${app.url}/`)
    await openAccount(page, app)
    await expect(page.getByText("Sign-in with <b>Example</b>")).toBeVisible()
    await expectInert(page, heard)
    await context.close()
  }
  await app.stop()
  await issuer.close()
})

/** A letter of the payloads: as markup, or as plain words. */
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

test("in documents: their names, and what the viewer shows of them", async ({ chat }) => {
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
