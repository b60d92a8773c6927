import { expect, test } from "vitest"
import { AssistantMessage } from "@/components/message/assistant-message"
import { words } from "@/components/message/markdown/drawn"
import { LEFT, served } from "@/components/message/served.fixture"
import type { ChatMessage } from "@/lib/messages/types"

const answer = (count: number): ChatMessage => ({
  id: "a",
  role: "assistant",
  metadata: { parentId: null, createdAt: "2026-01-01T00:00:00.000Z", status: "complete" },
  parts: Array.from({ length: count }, (_, n) =>
    n % 2 === 0 ? { type: "reasoning", text: "hm" } : { type: "text", text: `word *${n}*` },
  ),
})

const page = (count: number) => served(<AssistantMessage message={answer(count)} siblings={undefined} last readOnly />)

test("an answer with 2,000 parts: the server renders a few and sends the others as plain text", async () => {
  const { html, left } = await page(2_000)
  expect(left).toContain(LEFT)
  expect(html.match(/aria-expanded/g)?.length ?? 0).toBeLessThanOrEqual(60)
  expect(words(html).match(/word \*?\d+\*?/g)?.length).toBeGreaterThanOrEqual(1_000)
})
