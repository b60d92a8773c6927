import { expect, test } from "vitest"
import type { ChatMessage } from "@/lib/messages/types"
import { DEFAULT_OPTIONS } from "@/lib/share/options"
import { findSecrets } from "@/lib/share/secrets"
import { differenceOf, snapshotOf, textsOf } from "@/lib/share/snapshot"

const message = (id: string, text: string): ChatMessage => ({ id, role: "user", parts: [{ type: "text", text }] })

test("a difference lists added, removed, and changed messages", () => {
  const before = [message("a", "one"), message("b", "two"), message("c", "three")]
  const after = [message("a", "one"), message("c", "other"), message("d", "four")]
  const { added, changed, removed } = differenceOf(before, after)
  expect([[...added], [...changed], removed.map(({ id }) => id)]).toEqual([["d"], ["c"], ["b"]])
})

test("extra fields an earlier version stored with a text are not a difference", () => {
  const before: ChatMessage[] = [{ id: "a", role: "assistant", parts: [{ type: "text", text: "one", state: "done" }] }]
  const after: ChatMessage[] = [{ id: "a", role: "assistant", parts: [{ type: "text", text: "one" }] }]
  const { added, changed, removed } = differenceOf(before, after)
  expect([added.size, changed.size, removed.length]).toEqual([0, 0, 0])
})

test("redacted text is not revealed by the author's name either", () => {
  const text = "anna@firm.test"
  const secrets = [{ id: "1", kind: "email" as const, text }]
  const draft = {
    title: "t",
    messages: [message("a", text)],
    systemPrompt: null,
    authorName: text,
    settings: {},
    secrets,
  }
  const options = { ...DEFAULT_OPTIONS, author: true, blackOut: { kinds: ["email" as const], ids: [] } }
  expect(JSON.stringify(snapshotOf(draft, options))).not.toContain(text)
})

test.each([
  ["a member that is there twice", `{"mail":"anna@firm.test", "mail":"none"}`, "anna@firm.test"],
  ["a number of more digits than a program keeps", `{"card": 6304000000000000083}`, "6304000000000000083"],
])("%s is detected in structured data and redacted", (_, data, text) => {
  const answer: ChatMessage = {
    ...{ id: "a", role: "assistant", parts: [{ type: "text", text: data }] },
    metadata: { parentId: null, createdAt: "2026-01-01T00:00:00.000Z", status: "complete", output: { type: "json" } },
  }
  const found = [...textsOf(answer)].flatMap((one) => findSecrets(one)).find((secret) => secret.text === text)
  if (!found) throw new Error("not seen")
  const secrets = [{ id: "1", kind: found.kind, text }]
  const draft = { title: "t", messages: [answer], systemPrompt: null, authorName: null, settings: {}, secrets }
  const options = { ...DEFAULT_OPTIONS, blackOut: { kinds: [found.kind], ids: [] } }
  expect(JSON.stringify(snapshotOf(draft, options))).not.toContain(text)
})

test("redacted text is not revealed by a URL that contains it encoded", () => {
  const text = "anna@firm.test"
  const link = message("a", `Write to ${text}: [sign up](https://lists.test/join?mail=${encodeURIComponent(text)}&x=1)`)
  const secrets = [{ id: "1", kind: "email" as const, text }]
  const draft = { title: "t", messages: [link], systemPrompt: null, authorName: null, settings: {}, secrets }
  const { messages } = snapshotOf(draft, { ...DEFAULT_OPTIONS, blackOut: { kinds: [], ids: ["1"] } })
  expect(JSON.stringify(messages)).not.toMatch(/anna|firm\.test/)
  expect(JSON.stringify(messages)).toContain("&x=1")
})

test("a schema is included, but not the author's stored schema it came from", () => {
  const stored = { id: "01990000-0000-7000-8000-000000000000", version: 3 }
  const output = { type: "json_schema" as const, name: "n", schema: { type: "object" }, stored }
  const metadata = { parentId: null, createdAt: "2026-01-01T00:00:00.000Z", status: "complete" as const, output }
  const answer: ChatMessage = { id: "a", role: "assistant", parts: [{ type: "text", text: "{}" }], metadata }
  const draft = { title: "t", messages: [answer], systemPrompt: null, authorName: null, settings: {}, secrets: [] }
  const [shown] = snapshotOf(draft, DEFAULT_OPTIONS).messages
  expect(shown?.metadata?.output).toEqual({ type: "json_schema", name: "n", schema: { type: "object" } })
})
