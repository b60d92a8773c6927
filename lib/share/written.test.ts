import { expect, test } from "vitest"
import type { SharedConversation } from "@/lib/share/open"
import { shareAsMarkdown } from "@/lib/share/written"

test("a share contains no terminal escape sequences", () => {
  const evil = "\u001b]52;c;cm0gLXJm\u0007 \u009b2J \b\u007f fine\tas\nit is 🌹"
  const share: SharedConversation = {
    ...{ id: "1", title: evil, createdAt: "2026-01-01T00:00:00.000Z", compared: [], systemPrompt: evil },
    ...{ authorName: evil, listed: false, guarded: false, inside: false, own: false },
    messages: [{ id: "a", role: "user", parts: [{ type: "text", text: evil }] }],
  }
  const text = shareAsMarkdown(share, { language: "en", origin: "http://localhost:3000" })
  expect(text).not.toMatch(/[^\P{Cc}\n\t]/u)
  expect(text).toContain("fine\tas\nit is 🌹")
})
