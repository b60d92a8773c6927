/**
 * Tests of repositories of plain tables on either database: isolation between users, order, case, unusual characters.
 */
import { randomUUID } from "node:crypto"
import { expect, test } from "vitest"
import type { Database } from "@/lib/db/client"
import {
  copyDocument,
  createDocument,
  findDocument,
  findPages,
  storePages,
  textsOfDocuments,
} from "@/lib/db/documents/documents"
import { isUniqueViolation } from "@/lib/db/errors"
import { imageSupportOf, imageSupportOfModel, storeImageSupport } from "@/lib/db/model-image-support"
import { ownKeyOf, removeOwnKey, setOwnKeyInUse, storeOwnKey } from "@/lib/db/people/own-keys"
import { createPreset, defaultPresetOf, deletePreset, findPreset, presetsOf, updatePreset } from "@/lib/db/presets"
import { createPrompt, deletePrompt, promptByCommand, promptsOf, updatePrompt } from "@/lib/db/prompts"
import { acquireLease, isLeaseHeldElsewhere } from "@/lib/db/tools/leases"
import {
  addMcpServer,
  changeMcpServer,
  findMcpServer,
  mcpServersOf,
  removeMcpServer,
  storeSealed,
} from "@/lib/db/tools/mcp-servers"
import { leaveFor, permissionsOf, permit, revokePermission } from "@/lib/db/tools/permissions"

const ODD = "nul \u0000 half \ud800 whole 😀"
const CLEAN = "nul \uFFFD half \uFFFD whole 😀"
const DAY_MS = 86_400_000

export function repositoryCases(database: () => Database): void {
  const newUser = async () => (await database().user.create({ data: { id: randomUUID() } })).id
  const refused = async (work: Promise<unknown>) => isUniqueViolation(await work.catch((error: unknown) => error))

  test("presets: one default, invalid characters replaced, private to each user", async () => {
    const [user, other] = [await newUser(), await newUser()]
    const preset = {
      name: ODD,
      model: null,
      settings: { system: ODD, list: [1.5, null] },
      output: null,
      isDefault: true,
    }
    const [first, second] = [randomUUID(), randomUUID()]
    await createPreset(database(), first, user, preset)
    await createPreset(database(), second, user, { ...preset, name: "second", output: { schema: {} } })
    expect(await refused(createPreset(database(), first, other, preset))).toBe(true)
    expect((await defaultPresetOf(user))?.id).toBe(second)
    expect(await findPreset(first, user)).toMatchObject({
      name: CLEAN,
      settings: { system: CLEAN, list: [1.5, null] },
      output: null,
      isDefault: false,
    })
    expect(await updatePreset(first, other, { isDefault: true })).toBe(false)
    expect(await updatePreset(first, user, { isDefault: true, output: null })).toBe(true)
    expect((await presetsOf(user)).map(({ id, isDefault }) => [id, isDefault])).toEqual([
      [first, true],
      [second, false],
    ])
    expect([await deletePreset(first, other), await deletePreset(first, user)]).toEqual([false, true])
  })

  test("prompts: same order on both databases, unique commands, case-sensitive", async () => {
    const [user, other] = [await newUser(), await newUser()]
    for (const command of ["b-a", "ba", "Bb", "a", "ä", "z", "_x", "10", "9"])
      await createPrompt(database(), { id: randomUUID(), userId: user, command, text: ODD })
    expect((await promptsOf(user)).map(({ command }) => command)).toEqual([
      "10",
      "9",
      "Bb",
      "_x",
      "a",
      "b-a",
      "ba",
      "z",
      "ä",
    ])
    expect(await refused(createPrompt(database(), { id: randomUUID(), userId: user, command: "a", text: "" }))).toBe(
      true,
    )
    await createPrompt(database(), { id: randomUUID(), userId: user, command: "A", text: "large" })
    await createPrompt(database(), { id: randomUUID(), userId: other, command: "a", text: "theirs" })
    expect([(await promptByCommand(user, "A"))?.text, (await promptByCommand(user, "a"))?.text]).toEqual([
      "large",
      CLEAN,
    ])
    const { id = "" } = (await promptByCommand(user, "z")) ?? {}
    expect(await refused(updatePrompt(id, user, { command: "a" }))).toBe(true)
    expect([await updatePrompt(id, other, { text: "x" }), await updatePrompt(id, user, { text: "x" })]).toEqual([
      false,
      true,
    ])
    expect([await deletePrompt(id, other), await deletePrompt(id, user)]).toEqual([false, true])
  })

  test("own keys and image support overrides are stored once, updated, and removed", async () => {
    const user = await newUser()
    expect([await ownKeyOf(user), await setOwnKeyInUse(user, true)]).toEqual([null, false])
    await storeOwnKey(user, { sealed: "one", lastFour: "1111" })
    await setOwnKeyInUse(user, false)
    await storeOwnKey(user, { sealed: "two", lastFour: "2222" })
    expect(await ownKeyOf(user)).toMatchObject({ sealed: "two", lastFour: "2222", inUse: true })
    await removeOwnKey(user)
    expect(await ownKeyOf(user)).toBeNull()
    await storeImageSupport(user, "m", true)
    await storeImageSupport(user, "m", false)
    await storeImageSupport(user, "n", true)
    await storeImageSupport(user, "n", null)
    expect([await imageSupportOf(user), await imageSupportOfModel(user, "n")]).toEqual([
      [{ model: "m", images: false }],
      null,
    ])
  })

  test("MCP servers: names are unique per user, and a secret is replaced only if it is still the one that was read", async () => {
    const [user, other] = [await newUser(), await newUser()]
    const server = { userId: user, url: "https://tools.example", sealed: null }
    const [first, second] = [randomUUID(), randomUUID()]
    await addMcpServer({ ...server, id: first, name: "tools" })
    expect(await refused(addMcpServer({ ...server, id: second, name: "tools" }))).toBe(true)
    await addMcpServer({ ...server, id: second, name: "Tools", sealed: "s" })
    await addMcpServer({ ...server, id: randomUUID(), name: "tools", userId: other })
    expect(await refused(changeMcpServer(user, second, { name: "tools" }))).toBe(true)
    expect([
      await changeMcpServer(other, first, { enabled: false }),
      await changeMcpServer(user, first, { enabled: false }),
    ]).toEqual([false, true])
    const [row, held] = [await findMcpServer(user, first), await findMcpServer(user, second)]
    if (!row || !held) throw new Error("a server is gone")
    expect([await storeSealed(row, "new"), await storeSealed(row, "late"), await storeSealed(held, "t")]).toEqual([
      true,
      false,
      true,
    ])
    expect((await mcpServersOf(user)).map(({ id, sealed, enabled }) => [id, sealed, enabled])).toEqual([
      [first, "new", false],
      [second, "t", true],
    ])
    expect([await removeMcpServer(other, first), await removeMcpServer(user, first)]).toEqual([false, true])
  })

  test("tool permissions apply everywhere, in one chat, or to one description of the tool", async () => {
    const user = await newUser()
    const chat = async () =>
      (await database().conversation.create({ data: { id: randomUUID(), userId: user, title: "t" } })).id
    const [here, there] = [await chat(), await chat()]
    await permit(database(), { userId: user, tool: "search", conversationId: here })
    await permit(database(), { userId: user, tool: "search", conversationId: here })
    await permit(database(), { userId: user, tool: "mail", conversationId: null, fingerprint: "one" })
    expect([await leaveFor(user, { tool: "search" }, here), await leaveFor(user, { tool: "search" }, there)]).toEqual([
      "given",
      "none",
    ])
    expect(await leaveFor(user, { tool: "mail", fingerprint: "two" }, there)).toBe("outdated")
    await permit(database(), { userId: user, tool: "mail", conversationId: null, fingerprint: "two" })
    expect(await leaveFor(user, { tool: "mail", fingerprint: "two" }, there)).toBe("given")
    expect((await permissionsOf(user)).map(({ tool }) => tool).sort()).toEqual(["mail", "search"])
    await database().conversation.update({ where: { id: here }, data: { deletedAt: new Date() } })
    const [left] = await permissionsOf(user)
    expect([
      left?.tool,
      await revokePermission(await newUser(), left?.id ?? ""),
      await revokePermission(user, left?.id ?? ""),
    ]).toEqual(["mail", false, true])
  })

  test("a page call is held by one of many concurrent claimants until its lease expires", async () => {
    const user = await newUser()
    const conversation = { create: { id: randomUUID(), userId: user, title: "t" } }
    const { id: messageId } = await database().message.create({
      data: { id: randomUUID(), conversation, role: "assistant", status: "complete", parts: [] },
    })
    const call = { messageId, toolCallId: "c" }
    const took = await Promise.all(["a", "b", "c", "d"].map((holder) => acquireLease(call, holder, DAY_MS)))
    expect(took.filter(Boolean).length).toBe(1)
    const holder = ["a", "b", "c", "d"][took.indexOf(true)] ?? ""
    expect([
      await acquireLease(call, holder, DAY_MS),
      await isLeaseHeldElsewhere(call, holder),
      await isLeaseHeldElsewhere(call, "e"),
    ]).toEqual([true, false, true])
    await acquireLease(call, holder, -1)
    expect([await acquireLease(call, "e", DAY_MS), await isLeaseHeldElsewhere(call, holder)]).toEqual([true, true])
  })

  test("documents: pages replace earlier ones, are read by range, copied in full, and private to each user", async () => {
    const [user, other] = [await newUser(), await newUser()]
    const newFile = async () => {
      const key = randomUUID()
      const object = { create: { key, sha256: "a".repeat(64), size: 1 } }
      const file = {
        id: randomUUID(),
        user: { connect: { id: user } },
        object,
        mediaType: "text/plain",
        size: 1,
        name: "a",
      }
      return (await database().file.create({ data: { ...file, kind: "document" } })).id
    }
    const [id, copy] = [await newFile(), await newFile()]
    await createDocument({ fileId: id, kind: "pdf", status: "reading", facts: [] })
    await storePages(id, [{ text: "old", tokens: 1 }], { facts: [] })
    await storePages(
      id,
      [1, 2, 3].map((n) => ({ text: `${ODD}${n}`, tokens: n, boxes: [0, 1, 10, 20, 30, 40] })),
      { facts: [{ kind: ODD }], password: "p" },
    )
    expect(await findDocument(id, user)).toMatchObject({
      status: "ready",
      pages: 3,
      facts: [{ kind: CLEAN }],
      password: "p",
    })
    expect([await findDocument(id, other), await findPages(id, other, { from: 1, to: 3 })]).toEqual([null, []])
    expect(
      (await findPages(id, user, { from: 2, to: 9, boxes: true })).map(({ number, text, offset }) => [
        number,
        text,
        offset,
      ]),
    ).toEqual([
      [2, `${CLEAN}2`, CLEAN.length + 1],
      [3, `${CLEAN}3`, 2 * CLEAN.length + 2],
    ])
    await copyDocument(id, copy)
    expect(await findPages(copy, user, { from: 1, to: 9, boxes: true })).toEqual(
      (await findPages(id, user, { from: 1, to: 9, boxes: true })).map((page) => ({ ...page, documentId: copy })),
    )
    expect((await textsOfDocuments([id, copy], user, 1_000)).length).toBe(6)
  })
}
