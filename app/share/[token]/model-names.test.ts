import { expect, test } from "vitest"
import { modelNames } from "@/app/share/[token]/model-names"
import { listModels } from "@/lib/ai/catalogue/catalogue"
import type { ChatMessage } from "@/lib/messages/types"

test("a share reveals the names of its own models, and of no others on this server", async () => {
  const [{ id, name } = { id: "", name: "" }] = (await listModels()).models
  const answer = (model: string, more: Partial<ChatMessage> = {}): ChatMessage => ({
    ...{ id: "1", role: "assistant", parts: [] },
    metadata: { parentId: null, createdAt: "2026-01-01T00:00:00.000Z", status: "complete", model },
    ...more,
  })
  const { metadata } = answer("other")
  for (const message of [
    answer(id),
    answer("other", { parts: [{ type: "data-served", data: { model: id } }] }),
    answer("other", { metadata: metadata && { ...metadata, merged: { from: [id] } } }),
  ])
    expect(await modelNames("en", [message])).toEqual({ [id]: name })
  expect(await modelNames("en", [answer("other")])).toEqual({})
})
