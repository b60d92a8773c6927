/** Sparkler's own export, imported into another account, gives the same result, on either database. */
import { createHash } from "node:crypto"
import { unzipSync } from "fflate"
import sharp from "sharp"
import { v7 as uuidv7 } from "uuid"
import { expect, test } from "vitest"
import { type Database, raw } from "@/lib/db/client"
import { fileUse } from "@/lib/db/files"
import { exportArchive } from "@/lib/export/archive"
import { readFiles } from "@/lib/files/files"
import { addImage } from "@/lib/images/images"
import { PNG } from "@/lib/import/files.fixture"
import { importing } from "@/lib/import/import.fixture"

export function ownExportCases(database: () => Database): void {
  const { newUser, imported } = importing(database)

  test("a Sparkler export imported into another account yields the same data", async () => {
    const [one, other] = [await newUser(), await newUser()]
    const photo = await sharp({
      create: {
        width: 640,
        height: 480,
        channels: 3,
        noise: { type: "gaussian", mean: 128, sigma: 60 },
        background: "#000",
      },
    })
      .jpeg()
      .toBuffer()
    const images = [await addImage(one, photo, "photo.jpg"), await addImage(one, PNG, "dot.png")]
    const folder = await database().folder.create({ data: { id: uuidv7(), userId: one, name: "Work" } })
    await database().grid.create({
      data: {
        ...{
          id: uuidv7(),
          userId: one,
          title: "Täglich",
          instructions: "Be brief.",
          models: ["m", "n"],
          settings: { seed: 1 },
        },
        ...{ columns: ["q"], spendLimitUsd: 2.5, state: "paused", createdAt: new Date("2026-03-01T10:00:00Z") },
        output: { type: "json_schema", name: "g", schema: { type: "object" } },
        rows: { create: ["a", "b"].map((text, number) => ({ number, input: { fields: [text] } })) },
        answers: {
          create: [
            { number: 0, place: 0, state: "done", result: { value: { a: 1 } }, edited: { a: 2 }, costUsd: 0.5 },
            { number: 0, place: 1, state: "failed", error: { key: "grid:answer/cut" }, inputTokens: 7 },
            { number: 1, place: 0 },
            { number: 1, place: 1, state: "skipped" },
          ],
        },
      },
    })
    const check = { kind: "exact", expected: "vier", matchCase: true }
    const asked = { question: "2 + 2?", system: "Kurz.", check }
    await database().eval.create({
      data: {
        ...{ id: uuidv7(), userId: one, title: "Rechnen", judge: "j", createdAt: new Date("2026-03-02T10:00:00Z") },
        cases: { create: { ...asked, id: uuidv7(), position: 0 } },
        runs: {
          create: {
            ...{ id: uuidv7(), number: 3, columns: [{ model: "m", preset: "P" }, { model: "n" }], state: "paused" },
            ...{ judge: "j", spendLimitUsd: 1.5, createdAt: new Date("2026-03-03T10:00:00Z") },
            questions: { create: { ...asked, number: 0, caseId: uuidv7() } },
            answers: {
              create: [
                {
                  ...{ number: 0, place: 0, state: "done", result: { text: "Vier" }, verdict: "fail", costUsd: 0.25 },
                  ...{ finding: { problems: [] }, firstMs: 120, speed: 61.5, judgeUsd: 0.125 },
                },
                { number: 0, place: 1 },
              ],
            },
            choices: { create: { number: 0, place: null } },
          },
        },
      },
    })
    await database().preset.create({
      data: { id: uuidv7(), userId: one, name: "P", settings: { topK: 3 }, isDefault: true },
    })
    await database().prompt.create({ data: { id: uuidv7(), userId: one, command: "fix", text: "Fix it" } })
    await database().outputSchema.create({
      data: {
        ...{ id: uuidv7(), userId: one, name: "Rechnung", description: "von Gärtnereien", version: 2 },
        versions: {
          create: [1, 2].map((version) => ({
            version,
            text: `{ "type": "object", "maxProperties": ${version}.0 }`,
            note: `n${version}`,
          })),
        },
      },
    })
    await database().modelSight.create({ data: { userId: one, model: "m", images: true } })
    const [id, q, a, b, old] = [uuidv7(), uuidv7(), uuidv7(), uuidv7(), uuidv7()]
    const call = {
      type: "tool-get_weather",
      toolCallId: "t",
      state: "output-available",
      input: { place: "Rome" },
      output: { days: [] },
    }
    const shared = {
      conversationId: id,
      parentId: q,
      role: "assistant" as const,
      status: "complete" as const,
      model: "m",
    }
    await database().modelChoice.create({
      data: { userId: one, comparisonId: a, blind: false, models: ["m", "n"], winner: "m", outcome: "better" },
    })
    await database().conversation.create({
      data: {
        ...{ id, userId: one, title: "Rosen 🌹", titleSource: "user", model: "m", settings: { systemPrompt: "Kurz." } },
        ...{ folderId: folder.id, pinnedAt: new Date(1_700_000_500_000), activeLeafId: b },
        ...{ createdAt: new Date(1_700_000_000_000), updatedAt: new Date(1_700_000_400_000) },
        tags: { create: [{ name: "garten" }] },
        messages: {
          create: [
            {
              ...{ id: q, role: "user", status: "complete", createdAt: new Date(1_700_000_001_000) },
              parts: [
                { type: "text", text: "Was ist das?" },
                ...images.map(({ url, mediaType, name }) => ({ type: "file", url, mediaType, filename: name })),
              ],
            },
          ],
        },
      },
    })
    await database().message.createMany({
      data: [
        {
          ...{
            ...shared,
            id: a,
            createdAt: new Date(1_700_000_002_000),
            comparisonId: a,
            comparisonPlace: 0,
            verdict: "better",
          },
          parts: [{ type: "reasoning", text: "Hm" }, call, { type: "text", text: "Eine Rose" }],
          ...{
            usage: { input: 5, output: 7 },
            costUsd: 0.25,
            decidedAt: new Date(1_700_000_003_000),
            finishReason: "stop",
          },
        },
        {
          ...{
            ...shared,
            id: b,
            createdAt: new Date(1_700_000_002_500),
            comparisonId: a,
            comparisonPlace: 1,
            status: "failed" as const,
          },
          ...{
            parts: [{ type: "text", text: '{"name":"Rose"}' }],
            output: { type: "json" },
            outputCheck: { valid: true, problems: [] },
          },
          merged: { answers: [{ id: a, model: "m" }] },
          error: { code: "upstream:cut", message: "The connection broke.", retryable: true },
        },
      ],
    })
    await database().conversation.create({
      data: {
        id: uuidv7(),
        userId: one,
        title: "Archived",
        archivedAt: new Date(1_700_000_600_000),
        activeLeafId: old,
        messages: {
          create: [{ id: old, role: "user", status: "complete", parts: [{ type: "text", text: "old" }] }],
        },
      },
    })
    await raw().transact(images.map((image) => fileUse(id, image.id)))
    const file = async (userId: string) =>
      new Uint8Array(await new Response(exportArchive({ userId, language: "en" })).arrayBuffer())

    const first = await file(one)
    expect(await imported(other, first)).toEqual({ imported: 2, there: 0, failed: [], images: 2, lostImages: [] })
    const second = await file(other)
    expect(await normalized(second)).toEqual(await normalized(first))
    // In the account it comes from, everything already exists.
    expect(await imported(one, first)).toMatchObject({ imported: 0, there: 2 })
    expect(await imported(other, first)).toMatchObject({ imported: 0, there: 2 })
    const kept = await database().file.findMany({ where: { userId: other } })
    const bytes = await readFiles(
      other,
      kept.map((row) => row.id),
    )
    const hash = (data: Uint8Array) => createHash("sha256").update(data).digest("hex")
    const original = await readFiles(
      one,
      images.map((image) => image.id),
    )
    expect(bytes.map(({ data }) => hash(data)).sort()).toEqual(original.map(({ data }) => hash(data)).sort())
    expect(await database().folder.findMany({ where: { userId: other } })).toMatchObject([{ name: "Work" }])
  })
}

/** An export without the parts that differ each time: IDs are replaced by their order of appearance. */
async function normalized(zip: Uint8Array) {
  const files = unzipSync(zip)
  const text = (name: string) => new TextDecoder().decode(files[name])
  const manifest = JSON.parse(text("export.json"))
  const hashes = new Map<string, string>(
    manifest.files.map(({ id, path }: { id: string; path: string }) => [
      id,
      createHash("sha256")
        .update(files[path] ?? new Uint8Array())
        .digest("hex"),
    ]),
  )
  const names = new Map<string, string>()
  const chats = text("chats.json").replaceAll(/[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/g, (id) => {
    const hash = hashes.get(id)
    if (hash) return hash
    if (!names.has(id)) names.set(id, `id ${names.size}`)
    return names.get(id) ?? ""
  })
  const plain = ({ id: _, ...rest }: Record<string, unknown>) => rest
  const { presets, prompts, schemas, models, choices, folders } = manifest
  return {
    chats: JSON.parse(chats),
    presets: presets.map(plain),
    prompts: prompts.map(plain),
    schemas: schemas.map(plain),
    folders: folders.map(plain),
    ...{ models, choices },
    grids: Object.keys(files)
      .filter((name) => name.startsWith("grids/"))
      .flatMap((name) => text(name).trim().split("\n"))
      .map((line) => plain(JSON.parse(line))),
    evals: Object.keys(files)
      .filter((name) => name.startsWith("evals/"))
      .flatMap((name) => text(name).trim().split("\n"))
      .map((line) => JSON.parse(line)),
  }
}
