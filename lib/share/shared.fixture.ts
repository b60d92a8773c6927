/** Users, chats with secrets in them, and everything that leaves the server for a share. */
import { randomUUID } from "node:crypto"
import { v7 as uuidv7 } from "uuid"
import { toJson } from "@/lib/db/clean"
import type { Database } from "@/lib/db/client"
import { NOBODY, type Reader } from "@/lib/share/access"
import { openShare } from "@/lib/share/open"
import { DEFAULT_OPTIONS, type ShareOptions } from "@/lib/share/options"
import { shareAsJson, shareAsMarkdown } from "@/lib/share/written"

export const KEY = ["sk-", "aB3dE6gH9jK2mN5pQ8rS1tU4vW7xY0zA"].join("")
export const CARD = "4111 1111 1111 1111"
export const MAIL = "anna@firm.test"

export const EVERYTHING = { thinking: true, tools: true, systemPrompt: true, images: true, author: true }
export const tokenOf = ({ path }: { path: string }) => path.replace("/share/", "")

export function sharing(database: () => Database) {
  async function newUser(account?: { email: string; name?: string }) {
    const id = randomUUID()
    const { email, name = null } = account ?? {}
    await database().user.create({ data: { id, guest: !account, email, name } })
    return { id, guest: !account, name }
  }

  async function newFile(userId: string) {
    const [id, key] = [uuidv7(), randomUUID()]
    await database().storedObject.create({ data: { key, sha256: key, size: 10 } })
    const row = {
      id,
      userId,
      kind: "image",
      objectKey: key,
      mediaType: "image/png",
      size: 10,
      name: `${MAIL} photo.png`,
    }
    await database().file.create({ data: { ...row, kind: "image" } })
    return { id, key }
  }

  /** A question with an image, reasoning, a tool call, and an answer as data; each with secrets. */
  async function newChat(user: { id: string }, shared: Partial<ShareOptions> = {}) {
    const { id: userId } = user
    const conversationId = uuidv7()
    const [image, drawn] = [await newFile(userId), await newFile(userId)]
    const settings = { systemPrompt: `Be kind to ${MAIL}.`, temperature: 0.5, tools: ["get_weather"] }
    await database().conversation.create({
      data: { id: conversationId, userId, title: `Key ${KEY}`, model: "kimi", settings: toJson(settings) },
    })
    const output = { type: "json_schema", name: "person", schema: { type: "object", description: `as ${MAIL}` } }
    const lines = [
      {
        role: "user" as const,
        parts: [
          { type: "file", url: `/api/images/${image.id}`, mediaType: "image/png", filename: `${MAIL} photo.png` },
          { type: "text", text: `My key is ${KEY}:\n\`\`\`\n${KEY}\n\`\`\`` },
          { type: "data-text-file", data: { name: "a.env", mediaType: "text/plain", text: `KEY=${KEY}` } },
        ],
      },
      {
        role: "assistant" as const,
        settings: toJson(settings),
        parts: [
          { type: "reasoning", text: `They gave ${KEY}.` },
          {
            ...{ type: "tool-send", toolCallId: "call-1", state: "output-available" },
            ...{ input: { to: MAIL, [MAIL]: 1 }, output: { card: 4111111111111111, note: CARD } },
          },
          {
            ...{ type: "tool-s__draw", toolCallId: "call-2", state: "output-available", input: {} },
            output: {
              ...{ server: "s", tool: "draw" },
              content: [
                { type: "text", text: "drawn" },
                { type: "image", id: drawn.id, width: 1, height: 1 },
              ],
            },
          },
          { type: "text", text: "Sent." },
        ],
      },
      { role: "user" as const, parts: [{ type: "text", text: "As data" }] },
      {
        role: "assistant" as const,
        output,
        parts: [{ type: "text", text: `{"card": 4111111111111111, "mail": "${MAIL}"}` }],
      },
    ]
    const ids: string[] = []
    for (const { role, parts, ...more } of lines) {
      const { output: asked, ...rest } = { output: undefined, ...more }
      const data = {
        ...{ id: uuidv7(), conversationId, parentId: ids.at(-1) ?? null, role, status: "complete" as const, ...rest },
        ...{ parts: toJson(parts), model: role === "assistant" ? "kimi" : null },
        ...(asked && { output: toJson(asked) }),
      }
      await database().message.create({ data })
      ids.push(data.id)
    }
    await database().conversation.update({ where: { id: conversationId }, data: { activeLeafId: ids.at(-1) } })
    return { conversationId, ids, image, drawn, options: { ...DEFAULT_OPTIONS, ...shared } }
  }

  const stored = async (id: string) => JSON.stringify(await database().share.findUniqueOrThrow({ where: { id } }))

  async function opened(token: string, reader: Reader = NOBODY) {
    const found = await openShare(token, reader)
    if (found.state !== "open") throw new Error(`it is ${found.state}`)
    return found.share
  }
  /** Everything that leaves the server for a share. */
  async function allOf(token: string) {
    const share = await opened(token)
    return [
      JSON.stringify(share),
      shareAsMarkdown(share, { language: "en", origin: "http://here" }),
      JSON.stringify(shareAsJson(share, "http://here")),
    ].join("\n")
  }

  return { newUser, newChat, stored, opened, allOf }
}
