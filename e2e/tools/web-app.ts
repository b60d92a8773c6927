/** An app that uses the local web (`startWeb`), for the tests of one file. */
import type { Page } from "@playwright/test"
import { type App, startApp } from "@/e2e/support/app"
import { ChatPage, fireworksEnv, test } from "@/e2e/support/fixtures"
import { startWeb, type WebServer } from "@/e2e/support/web-server"

export let web: WebServer
export let app: App

/** Call once per file. */
export function setUpWebApp(): void {
  test.beforeAll(async ({ modelServer }) => {
    web = await startWeb()
    app = await startApp({ env: { ...fireworksEnv(modelServer), ...web.env } })
  })
  test.afterAll(async () => {
    await app.stop()
    await web.close()
  })
}

export async function opened(page: Page): Promise<ChatPage> {
  const chat = new ChatPage(page, app)
  await chat.open()
  return chat
}
