/**
 * Runs code in the sandbox like the page's own runner (components/sandbox/run-code.ts), and measures how responsive the
 * page is meanwhile.
 */
import type { Page } from "@playwright/test"

export interface Said {
  type: string
  reason?: string
  outcome?: { printed: string; value?: string; error?: string }
}

export interface SandboxRun {
  language: "javascript" | "python"
  code: string
}

/** `turns`: how often the page's own code ran during the run; `longest`: milliseconds between two of these turns. */
export const runInSandbox = (
  page: Page,
  { language, code }: SandboxRun,
  limits = { timeMs: 4_000, memoryBytes: 160_000_000 },
): Promise<{ said: Said; turns: number; longest: number }> =>
  page.evaluate(
    async ({ language, code, limits }) => {
      const { origin } = await (await fetch("/api/sandbox")).json()
      const frame = document.createElement("iframe")
      frame.setAttribute("sandbox", "allow-scripts")
      frame.src = `${origin}/`
      const { port1, port2 } = new MessageChannel()
      let turns = 0
      let longest = 0
      let last = 0
      const look = () => {
        const now = performance.now()
        longest = Math.max(longest, now - last)
        last = now
        turns++
      }
      let timer = 0
      const said = await new Promise<Said>((resolve) => {
        port1.onmessage = ({ data }) => {
          if (data.type === "ready") port1.postMessage({ type: "run", language, code, files: [], ...limits })
          else if (data.type === "stage" && data.stage === "running") {
            last = performance.now()
            timer = window.setInterval(look, 4)
          } else if (data.type === "done" || data.type === "ended") resolve(data)
        }
        frame.addEventListener("load", () => frame.contentWindow?.postMessage(null, "*", [port2]))
        document.body.append(frame)
      })
      clearInterval(timer)
      frame.remove()
      return { said, turns, longest }
    },
    { language, code, limits },
  )
