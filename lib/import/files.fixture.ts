/** Export files as other applications write them, made by hand from their documented formats. */
import { strToU8, zipSync } from "fflate"

export const PNG = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==",
  "base64",
)

export const jsonFile = (value: unknown): Buffer => Buffer.from(JSON.stringify(value))

export const zipFile = (files: Record<string, unknown>): Buffer =>
  Buffer.from(
    zipSync(
      Object.fromEntries(
        Object.entries(files).map(([name, value]) => [
          name,
          value instanceof Uint8Array ? new Uint8Array(value) : strToU8(JSON.stringify(value)),
        ]),
      ),
    ),
  )

const at = (seconds: number) => 1_756_000_000 + seconds

const gptNode = (id: string, parent: string | null, message: object | null, children: string[] = []) => ({
  [id]: {
    id,
    message: message && {
      id,
      create_time: at(Object.keys(message).length),
      status: "finished_successfully",
      weight: 1,
      recipient: "all",
      metadata: {},
      ...message,
    },
    parent,
    children,
  },
})
const said = (role: string, ...parts: unknown[]) => ({
  author: { role, name: null, metadata: {} },
  content: { content_type: parts.every((part) => typeof part === "string") ? "text" : "multimodal_text", parts },
})

/** A ChatGPT chat: a question with an image, two versions of the answer, reasoning, a tool, and citations. */
export const chatgptChat = (id = "6b0f0d9c-0000-4000-8000-000000000001") => ({
  title: "Garden plans",
  ...{ create_time: at(0.5), update_time: at(400) },
  mapping: {
    ...gptNode("root", null, null, ["sys"]),
    ...gptNode("sys", "root", { ...said("system", ""), metadata: { is_visually_hidden_from_conversation: true } }),
    ...gptNode("q1", "sys", {
      ...said(
        "user",
        {
          content_type: "image_asset_pointer",
          asset_pointer: "file-service://file-Ab12Cd34",
          ...{ size_bytes: 68, width: 1, height: 1 },
        },
        "What grows here?",
      ),
      metadata: { attachments: [{ id: "file-Ab12Cd34", name: "bed.png", mime_type: "image/png" }] },
      create_time: at(1),
    }),
    ...gptNode("a1", "q1", { ...said("assistant", "Roses."), metadata: { model_slug: "gpt-5" }, create_time: at(2) }),
    ...gptNode("t2", "q1", {
      author: { role: "assistant" },
      content: { content_type: "thoughts", thoughts: [{ summary: "Looking", content: "The leaves are lobed." }] },
      create_time: at(3),
    }),
    ...gptNode("c2", "t2", {
      author: { role: "assistant" },
      content: { content_type: "code", language: "json", text: '{"q":"lobed leaves"}' },
      ...{ recipient: "web.search", create_time: at(4) },
    }),
    ...gptNode("r2", "c2", {
      author: { role: "tool", name: "web.search" },
      content: { content_type: "text", parts: ["Found: oak-leaf hydrangea"] },
      create_time: at(5),
    }),
    ...gptNode("a2", "r2", {
      ...said("assistant", "Hydrangeas.\ue200cite\ue202turn0search0\ue201"),
      metadata: {
        model_slug: "gpt-5-thinking",
        content_references: [
          {
            matched_text: "\ue200cite\ue202turn0search0\ue201",
            type: "grouped_webpages",
            items: [{ title: "Hydrangea", url: "https://example.com/hydrangea" }],
          },
        ],
      },
      create_time: at(6),
    }),
    ...gptNode("q2", "a2", { ...said("user", "Thanks"), create_time: at(7) }),
    ...gptNode("a3", "q2", { ...said("assistant", "Enjoy."), metadata: { model_slug: "gpt-5" }, create_time: at(8) }),
  },
  ...{ current_node: "a3", conversation_id: id, id, default_model_slug: "gpt-5", is_archived: false, is_starred: true },
})

export const chatgptZip = (chats: unknown[] = [chatgptChat()]): Buffer =>
  zipFile({
    "conversations.json": chats,
    "user.json": { id: "user-1" },
    "file-Ab12Cd34-bed.png": PNG,
    "chat.html": Buffer.from("<html></html>"),
  })

export const claudeChat = (uuid = "0f9a2d7e-1111-4222-8333-444455556666") => ({
  uuid,
  name: "Sourdough",
  ...{ created_at: "2025-03-01T10:00:00.000000Z", updated_at: "2025-03-01T10:05:00.000000Z" },
  account: { uuid: "a" },
  chat_messages: [
    {
      uuid: "m1",
      ...{ sender: "human", text: "Why flat?", created_at: "2025-03-01T10:00:01.000000Z" },
      parent_message_uuid: "00000000-0000-4000-8000-000000000000",
      content: [{ type: "text", text: "Why flat?" }],
      attachments: [{ file_name: "recipe.md", file_type: "text/markdown", file_size: 9, extracted_content: "# Bread" }],
      files: [{ file_name: "loaf.jpg" }],
    },
    {
      uuid: "m2",
      ...{ sender: "assistant", text: "", created_at: "2025-03-01T10:00:09.000000Z", parent_message_uuid: "m1" },
      content: [
        { type: "thinking", thinking: "Hydration?" },
        { type: "tool_use", id: "toolu_1", name: "web_search", input: { query: "flat loaf" } },
        {
          type: "tool_result",
          tool_use_id: "toolu_1",
          content: [{ type: "text", text: "Underproofed" }],
          is_error: false,
        },
        { type: "text", text: "Proof longer.", citations: [{ title: "Proofing", url: "https://example.com/proof" }] },
      ],
      ...{ attachments: [], files: [] },
    },
    {
      uuid: "m3",
      ...{
        sender: "assistant",
        text: "Bake hotter.",
        created_at: "2025-03-01T10:01:00.000000Z",
        parent_message_uuid: "m1",
      },
      ...{ content: [{ type: "text", text: "Bake hotter." }], attachments: [], files: [] },
    },
  ],
})

const DATA_URL = `data:image/png;base64,${PNG.toString("base64")}`

export const openwebuiChat = (id = "b4b7c1de-2222-4333-8444-555566667777") => ({
  ...{ id, user_id: "u1", title: "Arithmetic", archived: true, pinned: false, folder_id: null },
  ...{ created_at: 1_700_000_000, updated_at: 1_700_000_010, meta: { tags: ["Math"] } },
  chat: {
    ...{ title: "Arithmetic", models: ["deepseek-r1"], params: { system: "Be brief.", temperature: 0.3 } },
    history: {
      currentId: "r2",
      messages: {
        r1: {
          ...{
            id: "r1",
            parentId: null,
            childrenIds: ["r2", "r3"],
            role: "user",
            content: "15 * 17?",
            timestamp: 1_700_000_001,
          },
          files: [{ type: "image", url: DATA_URL, name: "sum.png" }],
        },
        r2: {
          ...{
            id: "r2",
            parentId: "r1",
            childrenIds: [],
            role: "assistant",
            model: "deepseek-r1",
            timestamp: 1_700_000_005,
          },
          content: '<details type="reasoning" done="true"><summary>Thought</summary>\n&gt; 150 + 105\n</details>\n255',
        },
        r3: {
          ...{
            id: "r3",
            parentId: "r1",
            childrenIds: [],
            role: "assistant",
            model: "gpt-4o",
            timestamp: 1_700_000_006,
          },
          content: "It is 255.",
          output: [
            { type: "function_call", call_id: "c1", name: "calculator", arguments: '{"x":"15*17"}' },
            { type: "function_call_output", call_id: "c1", output: [{ type: "input_text", text: "255" }] },
            { type: "message", role: "assistant", content: [{ type: "output_text", text: "It is 255." }] },
          ],
          sources: [{ source: { name: "Tables", url: "https://example.com/tables" }, document: [], metadata: [] }],
        },
      },
    },
  },
})

export const librechatChat = (recursive: boolean) => {
  const no = "00000000-0000-0000-0000-000000000000"
  const message = (messageId: string, parentMessageId: string, text: string, user: boolean, second: number) => ({
    ...{ messageId, parentMessageId, text, isCreatedByUser: user, sender: user ? "User" : "GPT-4" },
    ...{ createdAt: `2024-05-01T16:35:${second}.000Z`, model: user ? null : "gpt-4-turbo", error: false },
  })
  const [q, a, b] = [
    message("l1", no, "How do I activate it?", true, 11),
    {
      ...message("l2", "l1", "", false, 12),
      content: [
        { type: "think", think: "venv" },
        { type: "text", text: { value: "Source it." } },
        { type: "tool_call", tool_call: { id: "x1", name: "shell", args: '{"cmd":"ls"}', output: "venv" } },
      ],
    },
    message("l3", "l1", "Use activate.", false, 13),
  ]
  return {
    ...{
      conversationId: recursive ? "4a86c40e-recursive" : "4a86c40e-flat",
      endpoint: "openAI",
      title: "Virtual environment",
    },
    ...{ exportAt: "13:18:04 GMT-0400", branches: true, recursive },
    options: { model: "gpt-4-turbo", promptPrefix: "You are an engineer.", temperature: 0.8, top_p: 1 },
    messages: recursive
      ? [
          {
            ...q,
            children: [
              { ...a, children: [] },
              { ...b, children: [] },
            ],
          },
        ]
      : [q, a, b],
  }
}

export const chatuiChat = (_id = "665f1c2e9b1d4c0012345678") => ({
  ...{ _id, title: "Poem", model: "meta-llama/Llama-3.1-70B", preprompt: "Rhyme.", rootMessageId: "s0" },
  ...{ createdAt: "2025-01-02T03:04:05.000Z", updatedAt: "2025-01-02T03:09:05.000Z" },
  messages: [
    { ...{ id: "s0", from: "system", content: "Rhyme.", ancestors: [], children: ["h1"] } },
    {
      ...{ id: "h1", from: "user", content: "A poem on this", ancestors: ["s0"], children: ["h2", "h3"] },
      ...{ createdAt: "2025-01-02T03:04:06.000Z", files: ["file-665f1c2e9b1d4c0012345678-0badcafe.png"] },
    },
    {
      ...{
        id: "h2",
        from: "assistant",
        content: "<think>Rhymes with sea</think>A bee.",
        ancestors: ["s0", "h1"],
        children: [],
      },
      ...{ createdAt: "2025-01-02T03:04:07.000Z", files: ["file-665f1c2e9b1d4c0012345678-0badcafe.png"] },
    },
    {
      ...{
        id: "h3",
        from: "assistant",
        content: "A tree.",
        reasoning: "Rhymes with free",
        ancestors: ["s0", "h1"],
        children: [],
      },
      ...{ createdAt: "2025-01-02T03:04:08.000Z", files: ["file-665f1c2e9b1d4c0012345678-0badcafe.png"] },
    },
  ],
})

export const chatuiZip = (): Buffer =>
  zipFile({
    "conversations.json": [chatuiChat()],
    "assistants.json": [],
    "file-665f1c2e9b1d4c0012345678-0badcafe.png": PNG,
  })
