/** Opens the start page in new browsers, and checks for each whether part of it was missing. */
import { chromium } from "@playwright/test"

/** One entry per page: true if a request failed, or if its message field didn't accept input. */
export async function opens(url: string, executablePath: string, count: number): Promise<boolean[]> {
  const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] })
  const broken: boolean[] = []
  try {
    for (let n = 0; n < count; n++) {
      const context = await browser.newContext()
      const page = await context.newPage()
      const failed: string[] = []
      page.on("response", (response) => {
        if (response.status() >= 400) failed.push(`${response.status()} ${response.url()}`)
      })
      await page.goto(url)
      const field = page.getByRole("textbox", { name: "Message", exact: true })
      const typed = await field.fill("a").then(
        () => page.getByRole("button", { name: "Send message" }).click({ timeout: 30_000 }),
        (error: unknown) => error,
      )
      broken.push(failed.length > 0 || typed instanceof Error)
      if (failed.length > 0) console.info(failed.slice(0, 3).join("\n"))
      await context.close()
    }
  } finally {
    await browser.close()
  }
  return broken
}
