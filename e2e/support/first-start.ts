/** A Sparkler at its first start, and the card for setting a key. */
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import path from "node:path"
import type { Page } from "@playwright/test"
import { type AccountServer, GOOD_KEY, startAccountServer } from "@/lib/ai/account.fixture"
import { type DemoServer, startDemoServer } from "@/lib/demo/demo-server"
import { type App, startApp } from "./app"

/** A Fireworks server that accepts `GOOD_KEY`, and a Sparkler without a key. */
export class FirstStart {
  private constructor(
    readonly model: DemoServer,
    readonly account: AccountServer,
    readonly dataDir: string,
    public app: App,
  ) {}

  static async begin(env: Record<string, string> = {}): Promise<FirstStart> {
    const models = ["kimi-k3", "glm-5p3-flash"].map((name) => ({ id: `accounts/fireworks/models/${name}` }))
    const model = await startDemoServer({ testMode: true, apiKey: GOOD_KEY, models, tokensPerSecond: 0 })
    const account = await startAccountServer()
    const dataDir = mkdtempSync(path.join(tmpdir(), "sparkler-first-"))
    const first = new FirstStart(model, account, dataDir, await startApp({ dataDir, env: envOf(model, account, env) }))
    return first
  }

  async restart(env: Record<string, string> = {}): Promise<void> {
    await this.app.stop("SIGINT")
    const port = Number(new URL(this.app.url).port)
    this.app = await startApp({ dataDir: this.dataDir, port, env: envOf(this.model, this.account, env) })
  }

  /** The newest link printed at startup. */
  link(): string {
    return (
      /http\S+\/setup#\S+/.exec(
        this.app
          .log()
          .split("\n")
          .findLast((line) => line.includes("/setup#")) ?? "",
      )?.[0] ?? ""
    )
  }

  async end(): Promise<void> {
    await this.app.stop("SIGINT")
    await this.model.close()
    await this.account.close()
    rmSync(this.dataDir, { recursive: true, force: true })
  }
}

const envOf = (model: DemoServer, account: AccountServer, env: Record<string, string>) => ({
  FIREWORKS_BASE_URL: model.url,
  FIREWORKS_ACCOUNT_URL: account.url.replace("/inference/v1", "/v1"),
  ...env,
})

export const withFirstStart = async (work: (first: FirstStart) => Promise<void>, env?: Record<string, string>) => {
  const first = await FirstStart.begin(env)
  try {
    await work(first)
  } finally {
    await first.end()
  }
}

export const cardOf = (page: Page) => page.getByRole("region", { name: "Connect Fireworks AI" })
export const connected = (page: Page) => page.getByRole("region", { name: "Connected to Fireworks AI" })
export const picker = (page: Page) => page.getByRole("combobox", { name: "Model", exact: true })

export async function give(page: Page, key: string): Promise<void> {
  await page.getByLabel("API key").fill(key)
  await page.getByRole("button", { name: "Connect", exact: true }).click()
}
