/** The result of reading each source's chats. */
import { expect, test } from "vitest"
import { chatgptChat, chatuiChat, claudeChat, librechatChat, openwebuiChat } from "@/lib/import/files.fixture"
import { readChat } from "@/lib/import/formats/detect"
import type { FileNames, NeutralPart } from "@/lib/import/formats/types"

const files: FileNames = { named: (name) => (name.startsWith("file") ? `in-zip/${name}` : undefined) }

const brief = (part: NeutralPart): unknown => {
  if (part.type === "text" || part.type === "reasoning") return `${part.type}: ${part.text}`
  if (part.type === "image") return `image: ${part.name} ${part.ref.slice(0, 21)}`
  if (part.type === "data-text-file") return `file: ${part.data.name} ${part.data.text}`
  if (part.type === "dynamic-tool")
    return ["call", part.toolName, part.input, part.state, "output" in part ? part.output : ""]
  return part.type
}

const read = (value: unknown) => {
  const found = readChat(value, files)
  if (!found) throw new Error("it was not read")
  const { source, chat } = found
  return {
    ...{ source, chat },
    tree: chat.messages.map(({ id, parentId, role, model, parts }) => [id, parentId, role, model, parts.map(brief)]),
  }
}

test("ChatGPT: branches, an image, reasoning, a tool with its result, citations as links", () => {
  const { source, chat, tree } = read(chatgptChat())
  expect(source).toBe("chatgpt")
  expect(tree).toEqual([
    ["q1", null, "user", null, ["image: bed.png in-zip/file-Ab12Cd34", "text: What grows here?"]],
    ["a1", "q1", "assistant", "gpt-5", ["text: Roses."]],
    [
      "t2",
      "q1",
      "assistant",
      "gpt-5-thinking",
      [
        "reasoning: Looking\n\nThe leaves are lobed.",
        ["call", "web_search", { q: "lobed leaves" }, "output-available", "Found: oak-leaf hydrangea"],
        "text: Hydrangeas. ([Hydrangea](https://example.com/hydrangea))",
      ],
    ],
    ["q2", "t2", "user", null, ["text: Thanks"]],
    ["a3", "q2", "assistant", "gpt-5", ["text: Enjoy."]],
  ])
  expect(chat).toMatchObject({ title: "Garden plans", model: "gpt-5", leafId: "a3", losses: [], archivedAt: null })
  expect([chat.createdAt, chat.updatedAt]).toEqual([1_756_000_000_500, 1_756_000_400_000])
  expect(chat.pinnedAt).not.toBeNull()
})

test("Claude: versions, reasoning, a tool, an attachment as text, and content missing from the file is listed", () => {
  const { source, chat, tree } = read(claudeChat())
  expect(source).toBe("claude")
  expect(tree).toEqual([
    ["m1", null, "user", null, ["file: recipe.md # Bread", "text: Why flat?"]],
    [
      "m2",
      "m1",
      "assistant",
      null,
      [
        "reasoning: Hydration?",
        ["call", "web_search", { query: "flat loaf" }, "output-available", "Underproofed"],
        "text: Proof longer.",
        "text: - [Proofing](https://example.com/proof)",
      ],
    ],
    ["m3", "m1", "assistant", null, ["text: Bake hotter."]],
  ])
  expect(chat.losses).toEqual([{ kind: "image", name: "loaf.jpg" }])
})

test("Claude: older files have no parents, so messages are chained in order", () => {
  const chat = claudeChat()
  const messages = chat.chat_messages.map(({ parent_message_uuid: _, ...message }) => message)
  expect(read({ ...chat, chat_messages: messages }).tree.map(([id, parent]) => [id, parent])).toEqual([
    ["m1", null],
    ["m2", "m1"],
    ["m3", "m2"],
  ])
})

test("Open WebUI: details and outputs, settings, tags, an inline image, sources", () => {
  const { source, chat, tree } = read(openwebuiChat())
  expect(source).toBe("openwebui")
  expect(tree).toEqual([
    ["r1", null, "user", null, ["image: sum.png data:image/png;base64", "text: 15 * 17?"]],
    ["r2", "r1", "assistant", "deepseek-r1", ["reasoning: 150 + 105", "text: 255"]],
    [
      "r3",
      "r1",
      "assistant",
      "gpt-4o",
      [
        ["call", "calculator", { x: "15*17" }, "output-available", "255"],
        "text: It is 255.",
        "text: - [Tables](https://example.com/tables)",
      ],
    ],
  ])
  expect(chat).toMatchObject({
    leafId: "r2",
    tags: ["Math"],
    settings: { systemPrompt: "Be brief.", temperature: 0.3 },
  })
  expect(chat.archivedAt).toBe(1_700_000_010_000)
})

test.each([true, false])("LibreChat, recursive: %s", (recursive) => {
  const { source, chat, tree } = read(librechatChat(recursive))
  expect(source).toBe("librechat")
  expect(tree).toEqual([
    ["l1", null, "user", null, ["text: How do I activate it?"]],
    [
      "l2",
      "l1",
      "assistant",
      "gpt-4-turbo",
      ["reasoning: venv", "text: Source it.", ["call", "shell", { cmd: "ls" }, "output-available", "venv"]],
    ],
    ["l3", "l1", "assistant", "gpt-4-turbo", ["text: Use activate."]],
  ])
  expect(chat).toMatchObject({ settings: { systemPrompt: "You are an engineer.", temperature: 0.8 } })
  expect(chat.createdAt).toBe(Date.parse("2024-05-01T16:35:11Z"))
})

test("chat-ui: the system message as the system prompt, each image once, both kinds of reasoning", () => {
  const { source, chat, tree } = read(chatuiChat())
  expect(source).toBe("chatui")
  const model = "meta-llama/Llama-3.1-70B"
  expect(tree).toEqual([
    ["h1", null, "user", null, [expect.stringMatching(/^image: file-665f.*\.png/), "text: A poem on this"]],
    ["h2", "h1", "assistant", model, ["reasoning: Rhymes with sea", "text: A bee."]],
    ["h3", "h1", "assistant", model, ["reasoning: Rhymes with free", "text: A tree."]],
  ])
  expect(chat.settings).toEqual({ systemPrompt: "Rhyme." })
})

const gpt = (mapping: object) => ({ ...chatgptChat(), mapping })
const node = (id: string, parent: unknown, more: object = {}) => ({
  ...{ id, parent, children: [] },
  message: { author: { role: "user" }, content: { content_type: "text", parts: [id] }, ...more },
})

test.each<[string, object, [string, string | null][]]>([
  [
    "parents in a circle",
    { a: node("a", "c"), b: node("b", "a"), c: node("c", "b") },
    [
      ["a", null],
      ["b", "a"],
      ["c", "b"],
    ],
  ],
  ["a message that is its own parent", { a: node("a", "a") }, [["a", null]]],
  [
    "a parent that isn't there",
    { a: node("a", "gone"), b: node("b", "a") },
    [
      ["a", null],
      ["b", "a"],
    ],
  ],
  [
    "a parent of another kind",
    { a: node("a", { x: 1 }), b: node("b", 7) },
    [
      ["a", null],
      ["b", null],
    ],
  ],
  [
    "children before their parents",
    { b: node("b", "a"), a: node("a", null) },
    [
      ["a", null],
      ["b", "a"],
    ],
  ],
  [
    "an empty message between",
    { a: node("a", null), b: node("b", "a", { content: { content_type: "text", parts: [""] } }), c: node("c", "b") },
    [
      ["a", null],
      ["c", "a"],
    ],
  ],
])("a tree with %s is repaired", (_, mapping, expected) => {
  expect(read(gpt(mapping)).tree.map(([id, parent]) => [id, parent])).toEqual(expected)
})

test("a duplicate id counts once", () => {
  const chat = claudeChat()
  const { tree } = read({ ...chat, chat_messages: [...chat.chat_messages, ...chat.chat_messages] })
  expect(tree.map(([id]) => id)).toEqual(["m1", "m2", "m3"])
})

test.each([
  [0, null],
  ["yesterday", null],
  [-1e20, null],
  [Number.MAX_VALUE, null],
  ["9999-01-01", null],
  [1_756_000_000, 1_756_000_000_000],
  [1_756_000_000_123, 1_756_000_000_123],
  [1_756_000_000_123_456, 1_756_000_000_123],
  ["2025-08-24T01:46:40Z", 1_756_000_000_000],
  [{ $date: "2025-08-24T01:46:40Z" }, 1_756_000_000_000],
])("a date of %j", (create_time, expected) => {
  expect(read({ ...chatgptChat(), create_time }).chat.createdAt).toBe(expected)
})

test.each([
  null,
  1,
  "x",
  [],
  {},
  { mapping: 3 },
  { chat_messages: [] },
  { mapping: {} },
  { messages: [] },
  { format: "sparkler-chat" },
])("%j is not a chat, or has no messages", (value) => {
  expect(readChat(value, files)?.chat.messages ?? []).toEqual([])
})

test("unexpected values anywhere never throw", () => {
  const odd = [null, 0, "", "x", [], [null], {}, { a: null }, true]
  for (const make of [chatgptChat, claudeChat, openwebuiChat, () => librechatChat(true), chatuiChat]) {
    const text = JSON.stringify(make())
    const paths: string[][] = []
    const walk = (value: unknown, path: string[]) => {
      if (typeof value !== "object" || value === null) return
      for (const [key, inner] of Object.entries(value)) {
        paths.push([...path, key])
        walk(inner, [...path, key])
      }
    }
    walk(JSON.parse(text), [])
    for (const path of paths)
      for (const value of odd) {
        const copy = JSON.parse(text)
        let place = copy
        for (const key of path.slice(0, -1)) place = place[key]
        place[path.at(-1) ?? ""] = value
        readChat(copy, files)
      }
  }
})

test("prototype pollution keys have no effect", () => {
  const hostile = JSON.parse(
    '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"mapping":{"__proto__":{"id":"x","parent":null,"message":{"author":{"role":"user"},"content":{"parts":["hi"]}}}},"id":"1"}',
  )
  expect(read(hostile).tree).toEqual([["__proto__", null, "user", null, ["text: hi"]]])
  expect(Reflect.get({}, "polluted")).toBeUndefined()
})

test("a hundred thousand messages in one chat, chained and as siblings", () => {
  const rows = Object.fromEntries(
    Array.from({ length: 100_000 }, (_, n) => [`m${n}`, node(`m${n}`, n === 0 ? null : `m${n % 2 ? n - 1 : 0}`)]),
  )
  expect(read(gpt(rows)).tree).toHaveLength(100_000)
  let deep: object = { messageId: "last", isCreatedByUser: true, text: "x", children: [] }
  for (let n = 0; n < 100_000; n++) deep = { messageId: `d${n}`, isCreatedByUser: true, text: "x", children: [deep] }
  expect(read({ ...librechatChat(true), messages: [deep] }).tree).toHaveLength(100_001)
})
