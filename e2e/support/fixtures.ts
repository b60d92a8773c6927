import { test as base, expect, type Locator, type Page } from "@playwright/test"
import { type DemoServer, startDemoServer } from "@/lib/demo/demo-server"
import { type App, startApp } from "./app"
import { type OpenMeteoServer, startOpenMeteo } from "./open-meteo"

export const API_KEY = "fw-test-key"
export const MODEL = "accounts/fireworks/models/kimi-k3"

/** Settings of an app that uses this model server. */
export const fireworksEnv = (modelServer: DemoServer): Record<string, string> => ({
  FIREWORKS_API_KEY: API_KEY,
  FIREWORKS_BASE_URL: modelServer.url,
  DEFAULT_MODEL: MODEL,
})

export interface Options {
  /** Who answers: the built-in demo model, or an HTTP server that speaks the Fireworks protocol. */
  upstream: "demo" | "fireworks"
}

interface WorkerFixtures {
  modelServer: DemoServer
  openMeteo: OpenMeteoServer
  fireworksApp: App
  demoApp: App
}

interface TestFixtures extends Options {
  app: App
  /** A new guest's page, opened at the start page. */
  chat: ChatPage
  /** Fails a test in which the app sent a request that Fireworks would reject. */
  contract: undefined
}

/** The page as a person uses it: by roles and names. */
export class ChatPage {
  readonly message: Locator
  readonly send: Locator
  readonly stop: Locator
  readonly conversation: Locator

  constructor(
    readonly page: Page,
    readonly app: App,
  ) {
    this.message = page.getByRole("textbox", { name: "Message", exact: true })
    this.send = page.getByRole("button", { name: "Send message" })
    this.stop = page.getByRole("button", { name: "Stop generating" })
    this.conversation = page.getByRole("log", { name: "Conversation" })
  }

  async open(path = "/"): Promise<void> {
    await this.page.goto(`${this.app.url}${path}`)
    await this.ready()
  }

  async reload(): Promise<void> {
    await this.page.reload()
    await this.ready()
  }

  /** The field takes the focus when the page has become interactive: an earlier click would be lost. */
  private async ready(): Promise<void> {
    await expect(this.message).toBeFocused()
  }

  articles(role: "user" | "assistant"): Locator {
    return this.conversation.locator(`article[data-role="${role}"]`)
  }

  answer(): Locator {
    return this.articles("assistant").last()
  }

  async ask(text: string): Promise<void> {
    await this.message.fill(text)
    await this.send.click()
  }

  /** Waits until the last answer has ended with this status. */
  async ended(status: "complete" | "stopped" | "failed" | "interrupted" = "complete"): Promise<Locator> {
    await expect(this.answer()).toHaveAttribute("data-status", status, { timeout: 120_000 })
    return this.answer()
  }

  async askAndWait(text: string): Promise<Locator> {
    const before = await this.articles("assistant").count()
    await this.ask(text)
    await expect(this.articles("assistant")).toHaveCount(before + 1)
    return this.ended()
  }

  async chooseModel(name: string): Promise<void> {
    await this.page.getByRole("combobox", { name: "Model" }).click()
    await this.page.getByRole("option", { name }).first().click()
  }

  conversationId(): string {
    return new URL(this.page.url()).pathname.split("/").at(-1) ?? ""
  }
}

export const test = base.extend<TestFixtures, WorkerFixtures>({
  upstream: ["fireworks", { option: true }],
  modelServer: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the first parameter's pattern
    async ({}, use) => {
      const models = ["kimi-k3", "glm-5p3-flash", "gpt-oss-120b"].map((name) => ({
        id: `accounts/fireworks/models/${name}`,
        supports_image_input: name !== "gpt-oss-120b",
      }))
      const server = await startDemoServer({
        testMode: true,
        apiKey: API_KEY,
        models,
        tokensPerSecond: 300,
        firstTokenMs: 50,
      })
      await use(server)
      await server.close()
    },
    { scope: "worker" },
  ],
  openMeteo: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the first parameter's pattern
    async ({}, use) => {
      // Longer than the tool's timeout.
      const server = await startOpenMeteo({ slowMs: 60_000 })
      await use(server)
      await server.close()
    },
    { scope: "worker" },
  ],
  fireworksApp: [
    async ({ modelServer, openMeteo }, use) => {
      const app = await startApp({
        env: { ...fireworksEnv(modelServer), WEATHER_URL: openMeteo.url, GEOCODING_URL: openMeteo.url },
      })
      await use(app)
      await app.stop()
    },
    { scope: "worker" },
  ],
  demoApp: [
    async ({ openMeteo }, use) => {
      const app = await startApp({ env: { WEATHER_URL: openMeteo.url, GEOCODING_URL: openMeteo.url } })
      await use(app)
      await app.stop()
    },
    { scope: "worker" },
  ],
  contract: [
    async ({ modelServer }, use) => {
      await use(undefined)
      modelServer.violations.end()
    },
    { auto: true },
  ],
  app: async ({ upstream, demoApp, fireworksApp }, use, test) => {
    const app = upstream === "demo" ? demoApp : fireworksApp
    const before = app.log().length
    await use(app)
    const log = app.log().slice(before)
    if (test.status !== test.expectedStatus && log) await test.attach("log of the app", { body: log })
  },
  chat: async ({ page, app }, use) => {
    const chat = new ChatPage(page, app)
    await chat.open()
    await use(chat)
  },
})

export { expect }
