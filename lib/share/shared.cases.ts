/** Who may read a share, and what of it: on whichever database. */
import { randomUUID } from "node:crypto"
import { v7 as uuidv7 } from "uuid"
import { describe, expect, test } from "vitest"
import { toJson } from "@/lib/db/clean"
import type { Database } from "@/lib/db/client"
import type { ChatMessage } from "@/lib/messages/types"
import { accessTo, isListed, NOBODY, ownerOfSharedImage, type Reader } from "@/lib/share/access"
import { continueShare } from "@/lib/share/continue"
import { noteView, openShare } from "@/lib/share/open"
import { DEFAULT_OPTIONS, type ShareOptions } from "@/lib/share/options"
import { addPerson, receivedShares, removePerson } from "@/lib/share/people"
import { reportShare } from "@/lib/share/reports"
import { changeShare, createShare, listLiveShares, previewShare, revokeShare } from "@/lib/share/shares"
import { unlockShare } from "@/lib/share/unlock"
import { shareAsJson, shareAsMarkdown } from "@/lib/share/written"
import { forgetThrottles } from "@/lib/throttle/kept"

const KEY = ["sk-", "aB3dE6gH9jK2mN5pQ8rS1tU4vW7xY0zA"].join("")
const CARD = "4111 1111 1111 1111"
const MAIL = "anna@firm.test"
const PASSCODE = "open sesame"

export function sharedCases(database: () => Database): void {
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

  /** A question with an image, thinking, a tool, and an answer as data; each with secrets. */
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

  const EVERYTHING = { thinking: true, tools: true, systemPrompt: true, images: true, author: true }
  const tokenOf = ({ path }: { path: string }) => path.replace("/share/", "")
  const stored = async (id: string) => JSON.stringify(await database().share.findUniqueOrThrow({ where: { id } }))

  async function opened(token: string, reader: Reader = NOBODY) {
    const found = await openShare(token, reader)
    if (found.state !== "open") throw new Error(`it is ${found.state}`)
    return found.share
  }
  /** All that leaves the server of a share. */
  async function allOf(token: string) {
    const share = await opened(token)
    return [
      JSON.stringify(share),
      shareAsMarkdown(share, { language: "en", origin: "http://here" }),
      JSON.stringify(shareAsJson(share, "http://here")),
    ].join("\n")
  }

  describe("what is chosen", () => {
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

    test("images of tools are shown with the others, through the link only, and not once it is revoked", async () => {
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

    test("a message that is left out is nowhere, nor is its image", async () => {
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

    test("secrets that are blacked out are in nothing that is stored, wherever they stood", async () => {
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
      // What was data is data still.
      const data = (await opened(tokenOf(black))).messages.at(-1)?.parts[0]
      expect(data?.type === "text" && JSON.parse(data.text)).toEqual({ card: "██████", mail: "██████" })
    })

    test("what was not seen in the preview is not shared", async () => {
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

  describe("who opens it", () => {
    test("an expired link opens nothing, and may be extended", async () => {
      const user = await newUser()
      const { conversationId, image } = await newChat(user)
      const link = await createShare(user.id, conversationId, { expiresAt: new Date(Date.now() - 1_000) })
      const token = tokenOf(link)
      expect(await accessTo(token, NOBODY)).toEqual({ state: "none" })
      expect(await ownerOfSharedImage(token, image.id, NOBODY)).toBeNull()
      expect(await listLiveShares(user.id)).toMatchObject([{ id: link.id }])
      await changeShare(user.id, link.id, { expiresAt: new Date(Date.now() + 60_000) })
      expect((await accessTo(token, NOBODY)).state).toBe("open")
      await changeShare(user.id, link.id, { expiresAt: null })
      await database().user.update({ where: { id: user.id }, data: { disabledAt: new Date() } })
      expect(await accessTo(token, NOBODY), "its author is switched off").toEqual({ state: "none" })
    })

    test("a passcode opens this link in this browser, until it is another one", async () => {
      const user = await newUser()
      const { conversationId, image } = await newChat(user)
      const link = await createShare(user.id, conversationId, { passcode: PASSCODE, listed: true })
      const other = await createShare(user.id, conversationId, { passcode: PASSCODE })
      const token = tokenOf(link)
      expect(await stored(link.id)).not.toContain(PASSCODE)
      expect((await accessTo(token, NOBODY)).state).toBe("locked")
      expect(await isListed(token)).toBe(false)
      expect(await ownerOfSharedImage(token, image.id, NOBODY)).toBeNull()
      const headers = new Headers()
      await expect(unlockShare(token, "wrong", { ...NOBODY, headers })).rejects.toMatchObject({
        code: "share:passcode",
      })
      const cookie = (await unlockShare(token, PASSCODE, { ...NOBODY, headers }))?.split(";")[0] ?? ""
      const reader = { user: null, cookie: `a=b; ${cookie}` }
      expect((await accessTo(token, reader)).state).toBe("open")
      expect(await ownerOfSharedImage(token, image.id, reader)).toBe(user.id)
      expect((await accessTo(tokenOf(other), reader)).state).toBe("locked")
      for (const forged of [cookie.slice(0, -2), cookie.replace(/=\d/, "=9"), cookie.replace(/\..*/, ".")])
        expect((await accessTo(token, { user: null, cookie: forged })).state, forged).toBe("locked")
      expect((await accessTo(token, { user, cookie: null })).state, "its author").toBe("open")
      await changeShare(user.id, link.id, { passcode: "another one" })
      expect((await accessTo(token, reader)).state).toBe("locked")
      await changeShare(user.id, link.id, { passcode: null })
      expect((await accessTo(token, NOBODY)).state).toBe("open")
    })

    test("many wrong passcodes at once are a few, and the wait is told; the right one waits as well", async () => {
      forgetThrottles()
      const user = await newUser()
      const { conversationId } = await newChat(user)
      const token = tokenOf(await createShare(user.id, conversationId, { passcode: PASSCODE }))
      const headers = new Headers()
      const tries = Array.from({ length: 40 }, () => unlockShare(token, "wrong", { ...NOBODY, headers }))
      const codes = (await Promise.allSettled(tries)).map((one) => one.status === "rejected" && one.reason.code)
      expect(codes.filter((code) => code === "share:passcode")).toHaveLength(5)
      expect(codes.filter((code) => code === "limit:reached")).toHaveLength(35)
      const refused = await unlockShare(token, PASSCODE, { ...NOBODY, headers }).catch((error: unknown) => error)
      expect(refused).toMatchObject({ code: "limit:reached", retryAfterS: expect.any(Number) })
      forgetThrottles()
      expect(await unlockShare(token, PASSCODE, { ...NOBODY, headers })).toContain("HttpOnly")
    })

    test("people here read it while they are named, nobody else does", async () => {
      const author = await newUser({ email: `${randomUUID()}@firm.test`, name: "Anna" })
      const email = `${randomUUID()}@firm.test`
      const friend = await newUser({ email })
      const [stranger, guest] = [await newUser({ email: `${randomUUID()}@firm.test` }), await newUser()]
      const { conversationId, image } = await newChat(author)
      const link = await createShare(author.id, conversationId, { inside: true, people: [email] })
      const token = tokenOf(link)
      expect(link.people).toMatchObject([{ id: friend.id, email }])
      const as = (user: typeof friend) => accessTo(token, { user, cookie: null })
      expect((await as(friend)).state).toBe("open")
      for (const nobody of [stranger, guest]) expect(await as(nobody)).toEqual({ state: "none" })
      expect(await accessTo(token, NOBODY)).toEqual({ state: "none" })
      expect(await ownerOfSharedImage(token, image.id, { user: friend, cookie: null })).toBe(author.id)
      expect(await ownerOfSharedImage(token, image.id, { user: stranger, cookie: null })).toBeNull()
      expect(await receivedShares(friend.id)).toMatchObject([{ id: link.id, by: "Anna", path: link.path }])
      expect(await receivedShares(stranger.id)).toEqual([])
      await expect(removePerson(stranger.id, link.id, friend.id)).rejects.toMatchObject({ code: "share:not_found" })
      await removePerson(author.id, link.id, friend.id)
      expect(await as(friend)).toEqual({ state: "none" })
      expect(await receivedShares(friend.id)).toEqual([])
    })

    test("who is no account is named to nobody, and the list of accounts can't be read out", async () => {
      forgetThrottles()
      const author = await newUser({ email: `${randomUUID()}@firm.test` })
      const { conversationId } = await newChat(author)
      const link = await createShare(author.id, conversationId, { inside: true })
      const codes: unknown[] = []
      for (let tried = 0; tried < 12; tried++)
        codes.push(await addPerson(author.id, link.id, `nobody${tried}@firm.test`).catch((error) => error.code))
      expect(codes.slice(0, 10)).toEqual(Array.from({ length: 10 }, () => "share:person_not_found"))
      expect(codes.slice(10)).toEqual(["limit:reached", "limit:reached"])
      const guest = await newUser()
      const theirs = await newChat(guest)
      const refused = createShare(guest.id, theirs.conversationId, { inside: true })
      await expect(refused).rejects.toMatchObject({ code: "auth:forbidden" })
    })
  })

  describe("what readers do", () => {
    test("an update says before what it changes, and changes that", async () => {
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

    test("views are counted: not of the author, not of who loads it again", async () => {
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

    test("a reader goes on with a copy of what is shown, and of nothing else, once", async () => {
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

    test("a full storage takes no copy, and leaves nothing of one", async () => {
      const [user, reader] = [await newUser(), await newUser()]
      const { conversationId } = await newChat(user)
      const token = tokenOf(await createShare(user.id, conversationId))
      await database().user.update({ where: { id: reader.id }, data: { storageMb: 0 } })
      const refused = continueShare(reader, token, { id: uuidv7(), cookie: null })
      await expect(refused).rejects.toMatchObject({ code: "limit:reached" })
      expect(await database().conversation.count({ where: { userId: reader.id } })).toBe(0)
    })

    test("reports reach the operator, a few from one place", async () => {
      forgetThrottles()
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

    test("a snapshot of the first version still opens", async () => {
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
