/** What is shared, and what readers do with it, on either database. */

import { randomUUID } from "node:crypto"
import { v7 as uuidv7 } from "uuid"
import { describe, expect, test } from "vitest"
import { toJson } from "@/lib/db/clean"
import type { Database } from "@/lib/db/client"
import type { ChatMessage } from "@/lib/messages/types"
import { NOBODY, ownerOfSharedImage } from "@/lib/share/access"
import { continueShare } from "@/lib/share/continue"
import { noteView } from "@/lib/share/open"
import { DEFAULT_OPTIONS } from "@/lib/share/options"
import { reportShare } from "@/lib/share/reports"
import { CARD, EVERYTHING, KEY, MAIL, sharing, tokenOf } from "@/lib/share/shared.fixture"
import { changeShare, createShare, listLiveShares, previewShare, revokeShare } from "@/lib/share/shares"
import { resetThrottles } from "@/lib/throttle/kept"

export function sharedCases(database: () => Database): void {
  const { newUser, newChat, stored, opened, allOf } = sharing(database)

  describe("what is included", () => {
    test.each([
      ["thinking", "They gave", "thinking"],
      ["tools", "tool-send", "tools"],
      ["the system prompt", "Be kind", "systemPrompt"],
      ["images", "/api/images/", "images"],
      ["the author's name", "Anna Smith", "author"],
    ] as const)("%s", async (_, words, what) => {
      const user = await newUser({ email: `${randomUUID()}@firm.test`, name: "Anna Smith" })
      const chat = await newChat(user)
      const link = async (on: boolean) => {
        const options = { ...DEFAULT_OPTIONS, ...EVERYTHING, [what]: on }
        return createShare(user.id, chat.conversationId, { options, title: "Named" })
      }
      expect(await allOf(tokenOf(await link(true)))).toContain(words)
      const without = await link(false)
      expect(await allOf(tokenOf(without))).not.toContain(words)
      expect(await stored(without.id)).not.toContain(words)
      const shows = await ownerOfSharedImage(tokenOf(without), chat.image.id, NOBODY)
      expect(shows).toBe(what === "images" ? null : user.id)
    })

    test("tool images are shown along with the others, only through the link, and not once it is revoked", async () => {
      const user = await newUser()
      const { conversationId, drawn } = await newChat(user)
      const link = async (images: boolean) =>
        createShare(user.id, conversationId, { options: { ...DEFAULT_OPTIONS, images }, title: "Named" })
      const shown = await link(true)
      const token = tokenOf(shown)
      const outputOf = async (of: string) =>
        (await opened(of)).messages.flatMap(({ parts }) => parts).find(({ type }) => type === "tool-s__draw")
      expect(await outputOf(token)).toMatchObject({
        output: { content: [{ type: "text" }, { type: "image", id: drawn.id, share: token }] },
      })
      expect(await ownerOfSharedImage(token, drawn.id, NOBODY)).toBe(user.id)
      const hidden = await link(false)
      expect(await outputOf(tokenOf(hidden))).toMatchObject({ output: { content: [{ type: "text" }], leftOut: 1 } })
      expect(await stored(hidden.id)).not.toContain(drawn.id)
      expect(await ownerOfSharedImage(tokenOf(hidden), drawn.id, NOBODY)).toBeNull()
      const without = { ...DEFAULT_OPTIONS, tools: false }
      const bare = await createShare(user.id, conversationId, { options: without, title: "Named" })
      expect(await ownerOfSharedImage(tokenOf(bare), drawn.id, NOBODY)).toBeNull()
      await revokeShare(user.id, shown.id)
      expect(await ownerOfSharedImage(token, drawn.id, NOBODY)).toBeNull()
    })

    test("an excluded message appears nowhere, nor does its image", async () => {
      const user = await newUser()
      const { conversationId, ids, image } = await newChat(user)
      const options = { ...DEFAULT_OPTIONS, leftOut: [ids[0] ?? ""] }
      const link = await createShare(user.id, conversationId, { options, title: "Named" })
      const share = await opened(tokenOf(link))
      expect(share.messages.map(({ id }) => id)).toEqual(ids.slice(1))
      expect(await stored(link.id)).not.toContain("My key is")
      expect(await ownerOfSharedImage(tokenOf(link), image.id, NOBODY)).toBeNull()
      const nothing = { ...DEFAULT_OPTIONS, leftOut: ids }
      const refused = createShare(user.id, conversationId, { options: nothing })
      await expect(refused).rejects.toMatchObject({ code: "request:invalid" })
    })

    test("redacted secrets appear in nothing that is stored, wherever they occurred", async () => {
      const user = await newUser()
      const { conversationId } = await newChat(user)
      const { secrets } = await previewShare(user.id, conversationId, {})
      expect(new Set(secrets.map(({ kind, text }) => `${kind} ${text}`))).toEqual(
        new Set([`key ${KEY}`, `email ${MAIL}`, `card ${CARD}`, "card 4111111111111111"]),
      )
      const some = { kinds: ["card" as const], ids: secrets.filter(({ text }) => text === KEY).map(({ id }) => id) }
      const one = await createShare(user.id, conversationId, {
        options: { ...DEFAULT_OPTIONS, ...EVERYTHING, blackOut: some },
      })
      const text = await stored(one.id)
      for (const secret of [KEY, CARD, "4111111111111111"]) expect(text).not.toContain(secret)
      expect(text).toContain(MAIL)
      const kinds = ["key", "password", "email", "phone", "card", "address"] as const
      const all = { kinds: [...kinds], ids: [] }
      const black = await createShare(user.id, conversationId, {
        options: { ...DEFAULT_OPTIONS, ...EVERYTHING, blackOut: all },
      })
      expect(black.title).toBe("Key ██████")
      expect(await stored(black.id)).not.toContain(MAIL)
      // Data is still valid data.
      const data = (await opened(tokenOf(black))).messages.at(-1)?.parts[0]
      expect(data?.type === "text" && JSON.parse(data.text)).toEqual({ card: "██████", mail: "██████" })
    })

    test("content that was not in the preview is not shared", async () => {
      const user = await newUser()
      const { conversationId, ids } = await newChat(user)
      const { digest } = await previewShare(user.id, conversationId, {})
      await createShare(user.id, conversationId, { digest })
      await database().message.update({
        where: { id: ids[2] ?? "" },
        data: { parts: [{ type: "text", text: "other" }] },
      })
      const late = createShare(user.id, conversationId, { digest })
      await expect(late).rejects.toMatchObject({ code: "share:changed", status: 409 })
    })
  })

  describe("reader actions", () => {
    test("an update previews its changes, then applies them", async () => {
      const user = await newUser()
      const { conversationId, ids } = await newChat(user)
      const link = await createShare(user.id, conversationId, { message: ids[1] })
      const preview = await previewShare(user.id, conversationId, { share: link.id })
      expect(preview.shared?.map(({ id }) => id)).toEqual(ids.slice(0, 2))
      const options = { ...DEFAULT_OPTIONS, images: false }
      const snapshot = { options, digest: preview.digest, message: null }
      const changed = await changeShare(user.id, link.id, { title: "Other", snapshot })
      expect(changed).toMatchObject({ title: "Other", path: link.path, upTo: null, updatedAt: expect.any(String) })
      const share = await opened(tokenOf(link))
      expect(share.messages.map(({ id }) => id)).toEqual(ids)
      expect(JSON.stringify(share)).not.toContain("/api/images/")
      await revokeShare(user.id, link.id)
      await expect(changeShare(user.id, link.id, { title: "x" })).rejects.toMatchObject({ code: "share:not_found" })
    })

    test("views are counted, but not the author's, and not reloads", async () => {
      const user = await newUser()
      const { conversationId } = await newChat(user)
      const link = await createShare(user.id, conversationId)
      const share = await opened(tokenOf(link))
      await noteView(share, new Headers(), "GET")
      await noteView(share, new Headers(), "HEAD")
      await noteView(share, new Headers({ "cache-control": "max-age=0" }), "GET")
      await noteView(share, new Headers({ "sec-purpose": "prefetch" }), "GET")
      await noteView(await opened(tokenOf(link), { user, cookie: null }), new Headers(), "GET")
      expect(await listLiveShares(user.id)).toMatchObject([{ views: 1 }])
    })

    test("a reader continues with one copy of what is shown, and nothing else", async () => {
      const [user, reader] = [await newUser(), await newUser()]
      const { conversationId, ids, image, drawn } = await newChat(user)
      const token = tokenOf(await createShare(user.id, conversationId, { title: "Roses" }))
      const asked = { id: uuidv7(), message: ids[1], cookie: null }
      const made = await Promise.all([1, 2, 3].map(() => continueShare(reader, token, asked)))
      expect(new Set(made.map(({ id }) => id))).toEqual(new Set([asked.id]))
      const copy = await database().conversation.findMany({ where: { userId: reader.id }, include: { messages: true } })
      expect(copy).toHaveLength(1)
      expect(copy[0]).toMatchObject({
        title: "Roses",
        model: "kimi",
        settings: { temperature: 0.5, tools: ["get_weather"] },
      })
      expect(JSON.stringify(copy)).not.toContain("Be kind")
      expect(JSON.stringify(copy)).not.toContain("They gave")
      expect(copy[0]?.messages).toHaveLength(2)
      const files = await database().file.findMany({ where: { userId: reader.id }, include: { uses: true } })
      const used = files.filter(({ uses }) => uses.length > 0)
      expect(used.map(({ objectKey }) => objectKey).sort()).toEqual([image.key, drawn.key].sort())
      for (const file of used) {
        expect(file).toMatchObject({ name: "image", uses: [{ conversationId: asked.id }] })
        expect(JSON.stringify(copy)).toContain(file.id)
      }
      expect(JSON.stringify(copy)).not.toContain(drawn.id)
      const all = { id: uuidv7(), cookie: null }
      await continueShare(reader, token, all)
      const last = await database().message.findFirstOrThrow({
        where: { conversationId: all.id },
        orderBy: { id: "desc" },
      })
      expect(last.output).toMatchObject({ type: "json_schema", name: "person" })
      const none = continueShare(reader, token, { id: uuidv7(), message: "other", cookie: null })
      await expect(none).rejects.toMatchObject({ code: "message:not_found" })
    })

    test("with full storage no copy is made, and nothing is left behind", async () => {
      const [user, reader] = [await newUser(), await newUser()]
      const { conversationId } = await newChat(user)
      const token = tokenOf(await createShare(user.id, conversationId))
      await database().user.update({ where: { id: reader.id }, data: { storageMb: 0 } })
      const refused = continueShare(reader, token, { id: uuidv7(), cookie: null })
      await expect(refused).rejects.toMatchObject({ code: "limit:reached" })
      expect(await database().conversation.count({ where: { userId: reader.id } })).toBe(0)
    })

    test("reports reach the operator, with a limit per source", async () => {
      resetThrottles()
      const user = await newUser()
      const { conversationId } = await newChat(user)
      const link = await createShare(user.id, conversationId)
      const headers = new Headers()
      const report = () => reportShare(tokenOf(link), "spam", { ...NOBODY, headers }).catch((error) => error.code)
      for (let sent = 0; sent < 5; sent++) expect(await report()).toBeUndefined()
      expect(await report()).toBe("limit:reached")
      const kept = await database().shareReport.findMany({ where: { shareId: link.id } })
      expect(kept.map(({ reason }) => reason)).toEqual(Array.from({ length: 5 }, () => "spam"))
    })

    test("a snapshot from the first version still opens", async () => {
      const user = await newUser()
      const { conversationId } = await newChat(user)
      const link = await createShare(user.id, conversationId)
      const messages: Partial<ChatMessage>[] = [{ id: "old", role: "user", parts: [{ type: "text", text: "hello" }] }]
      await database().share.update({ where: { id: link.id }, data: { messages: toJson(messages), imageIds: [] } })
      expect((await opened(tokenOf(link))).messages).toMatchObject([{ id: "old", parts: [{ text: "hello" }] }])
      expect(await listLiveShares(user.id)).toMatchObject([{ options: DEFAULT_OPTIONS }])
    })
  })
}
