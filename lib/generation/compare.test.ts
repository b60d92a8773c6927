import { expect, test } from "vitest"
import { chatRequestSchema } from "@/lib/chat/requests"
import { compareCases } from "@/lib/generation/compare.cases"
import { keptCases } from "@/lib/generation/compare-kept.cases"
import { ask, modules, setUp, user } from "@/lib/generation/generation.fixture"

setUp({ MAX_RUNNING_PER_USER: "4" })

compareCases()
keptCases()

test("each compared answer counts toward the limit of concurrent answers", async () => {
  const { acceptMessage, stopConversation } = await modules()
  const asked = (letters: string) =>
    [...letters].map((letter) => ({
      model: "accounts/fireworks/models/kimi-k3",
      responseId: `0198c0de-0000-7000-8000-00000000000${letter}`,
    }))
  const running = ask("[[words n=5000 rate=100]]", { compare: asked("abc") })
  await acceptMessage(user, running)
  await expect(acceptMessage(user, ask("x", { compare: asked("de") }))).rejects.toMatchObject({ code: "limit:reached" })
  await stopConversation(user.id, running.id)
})

test.each([
  ["one model", { compare: [{ model: "a", responseId: "0198c0de-0000-7000-8000-000000000001" }] }],
  [
    "one id for two answers",
    { compare: ["a", "b"].map((model) => ({ model, responseId: "0198c0de-0000-7000-8000-000000000001" })) },
  ],
  ["an answer to replace without an id for the new one", { replaces: "0198c0de-0000-7000-8000-000000000001" }],
])("%s is refused", (_, more) => {
  expect(chatRequestSchema.safeParse(ask("x")).success).toBe(true)
  expect(chatRequestSchema.safeParse({ ...ask("x"), ...more }).success).toBe(false)
})
