/** A separate app with an administrator, whose changes would affect other tests. */
import path from "node:path"
import type { Browser, BrowserContext, Page } from "@playwright/test"
import Database from "better-sqlite3"
import { type App, startApp } from "./app"
import { test as base, ChatPage, expect, fireworksEnv } from "./fixtures"

export interface Person {
  id: string
  chat: ChatPage
  page: Page
}

export class Installation {
  private readonly contexts: BrowserContext[] = []

  constructor(
    readonly app: App,
    private readonly browser: Browser,
  ) {}

  /** Changes the database as another process would. */
  database<T>(work: (database: Database.Database) => T): T {
    const database = new Database(path.join(this.app.dataDir, "sparkler.db"))
    database.pragma("busy_timeout = 5000")
    try {
      return work(database)
    } finally {
      database.close()
    }
  }

  /** A new guest in a new browser. */
  async guest(): Promise<Person> {
    const users = () => this.database((database) => database.prepare(`SELECT "id" FROM "User"`).pluck().all())
    const before = new Set(users())
    const context = await this.browser.newContext()
    this.contexts.push(context)
    const page = await context.newPage()
    const chat = new ChatPage(page, this.app)
    await chat.open()
    const id = users().find((one) => !before.has(one))
    if (typeof id !== "string") throw new Error("nobody came")
    return { id, chat, page }
  }

  /** A person with an account; `admin`: an administrator. */
  async account(name: string, { admin = false } = {}): Promise<Person> {
    const person = await this.guest()
    this.database((database) =>
      database
        .prepare(`UPDATE "User" SET "guest" = 0, "admin" = ?, "name" = ?, "email" = ? WHERE "id" = ?`)
        .run(admin ? 1 : 0, name, `${person.id}@example.com`, person.id),
    )
    // The session is cached for a moment.
    await expect(async () => {
      await person.chat.open()
      await expect(person.page.getByRole("button", { name: `${name}: settings and more` })).toBeVisible({
        timeout: 500,
      })
    }).toPass()
    return person
  }

  async close(): Promise<void> {
    for (const context of this.contexts) await context.close()
  }
}

export const test = base.extend<{ installation: Installation; admin: Person }>({
  installation: async ({ browser, modelServer }, use) => {
    const app = await startApp({ env: fireworksEnv(modelServer) })
    const installation = new Installation(app, browser)
    await use(installation)
    await installation.close()
    await app.stop()
  },
  admin: async ({ installation }, use) => {
    await use(await installation.account("Ada Admin", { admin: true }))
  },
})

export { expect }
