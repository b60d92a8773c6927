/**
 * After each action, the focus is where the person continues: in the message field or on the item, never on the page's
 * body.
 */
import type { Page } from "@playwright/test"
import { ChatPage, expect, test } from "@/e2e/support/fixtures"
import {
  type Action,
  COMPOSER,
  DIALOGS,
  LIST,
  MESSAGES,
  type Press,
  rest,
  type World,
} from "@/e2e/support/focus-actions"

const FIELD = "the message field"
const NOWHERE = "nowhere"

/** A description of the focused element. */
const focused = (page: Page) =>
  page.evaluate(
    ([field, nowhere]) => {
      const { activeElement: active } = document
      if (!active || active === document.body || !active.checkVisibility()) return nowhere
      if (active.id === "message") return field
      return `${active.tagName.toLowerCase()} “${active.getAttribute("aria-label") ?? active.textContent?.slice(0, 60)}”`
    },
    [FIELD, NOWHERE],
  )

async function run(world: World, actions: Action[], phone = false): Promise<void> {
  const { page } = world
  for (const { name, act, to } of actions)
    await test.step(name, async () => {
      await act(world)
      await rest(page)
      if (typeof to === "function") await expect(to(world), name).toBeFocused()
      else if (to === "field" && !phone) await expect.poll(() => focused(page), name).toBe(FIELD)
      else {
        await expect.poll(() => focused(page), name).not.toBe(NOWHERE)
        if (phone) expect(await focused(page), `${name}: no keyboard opens`).not.toBe(FIELD)
      }
    })
}

const WAYS: [string, Press][] = [
  ["by mouse", (control) => control.click()],
  [
    "by keyboard alone",
    async (control) => {
      await control.focus()
      await control.press("Enter")
    },
  ],
]

for (const [way, press] of WAYS) {
  test(`messages and the composer, ${way}`, async ({ chat }) => {
    await run({ chat, page: chat.page, press }, [...MESSAGES, ...COMPOSER, ...DIALOGS])
  })

  test(`the chat list, ${way}`, async ({ chat }) => {
    for (const title of ["Violets", "Lilies", "Roses", "Tulips"]) {
      await chat.open("/")
      await chat.askAndWait(`[[echo]] ${title}`)
      await nameOpen(chat, title)
    }
    await run({ chat, page: chat.page, press }, LIST)
  })
}

/** Renames it by hand, so that no generated title arrives later. */
async function nameOpen({ page, app }: ChatPage, title: string) {
  const path = `/api/conversations/${new URL(page.url()).pathname.split("/").at(-1)}`
  const done = await page.request.patch(`${app.url}${path}`, { data: { title }, headers: { origin: app.url } })
  expect(done.ok()).toBe(true)
  await expect(page.getByRole("navigation").locator("a[data-row]", { hasText: title })).toBeVisible()
}

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true })
  const SKIPPED = ["begin an edit", "attach by dropping", "remove what was dropped"]

  test("the on-screen keyboard never opens unprompted", async ({ page, app }) => {
    const chat = new ChatPage(page, app)
    await page.goto(app.url)
    await expect(chat.message).toBeVisible()
    const press: Press = (control) => control.tap()
    const begins = MESSAGES.find(({ name }) => name === "begin an edit")
    const actions = [...MESSAGES, ...COMPOSER].filter(({ name }) => !SKIPPED.includes(name))
    const reached = actions.map((action) => ({
      ...action,
      act: async (world: World) => {
        // A field being edited handles its own keys: only the state after the edit counts.
        if (action.name === "cancel an edit") await begins?.act(world)
        await action.act(world)
      },
    }))
    await run({ chat, page, press }, reached, true)
  })
})
