/** Memory of all processes while the worst-case images and documents of several people are processed at once. */
import sharp from "sharp"
import { afterAll, expect, test } from "vitest"
import { buildWork } from "@/lib/cli/build-work.mjs"
import type { DocumentKind } from "@/lib/documents/types"
import { pngBomb } from "@/lib/images/decode/corpus.fixture"
import { gridHeic, halvesTile } from "@/lib/images/decode/heic.fixture"
import { decoded } from "@/lib/images/decoder"
import { peakOf, residentMb } from "@/lib/tasks/memory.fixture"
import { WorkPool } from "@/lib/work/pool"
import { work } from "@/lib/work/work"
import "@/lib/tasks/tasks"

const MAX_GROWTH_MB = 600

const take = (userId: string, file: Uint8Array, name: string) =>
  decoded({ userId, name, file }, async ({ pictures: [picture] }) => [picture?.full.width, picture?.full.height])

const flat = (width: number, height: number) => sharp({ create: { width, height, channels: 3, background: "#123456" } })
/** Noise doesn't compress, and has no large areas of one color. */
const noise = (width: number, height: number) =>
  sharp({
    create: {
      ...{ width, height, channels: 3, background: "#000000" },
      noise: { type: "gaussian", mean: 128, sigma: 60 },
    },
  })
    .png()
    .toBuffer()
    .then((grain) => sharp(grain).resize(width * 4, height * 4, { kernel: "nearest" }))

const PICTURES: Record<string, { bytes: () => Promise<Buffer>; made: [number, number] }> = {
  "HEIC of 48 megapixels, turned": {
    bytes: async () => gridHeic(await halvesTile(), { width: 8_064, height: 6_048, turns: 3 }),
    made: [5_477, 7_302],
  },
  "progressive JPEG of 40 megapixels, turned": {
    bytes: async () =>
      (await noise(2_000, 1_250)).jpeg({ progressive: true }).withMetadata({ orientation: 6 }).toBuffer(),
    made: [5_000, 8_000],
  },
  "PNG of 100 megapixels": { bytes: () => flat(10_000, 10_000).png().toBuffer(), made: [6_324, 6_324] },
}

/** The documents that `worst.fixture.ts` creates, and their expected results. */
const DOCUMENTS: [name: string, kind: DocumentKind, outcome: unknown][] = [
  ["bomb", "docx", "bomb"],
  ["lies", "docx", expect.stringMatching(/^(?:bomb|broken)$/)],
  // Within the unpacking limit, but the library may need too much memory for it.
  ["words", "docx", expect.stringMatching(/^(?:read|work:too_much)$/)],
  ["rows", "xlsx", "read"],
  ["pages", "pdf", "read"],
  ["parts", "epub", expect.stringMatching(/^(?:bomb|broken)$/)],
]

const makers = new WorkPool({
  file: () => buildWork(".sparkler/work-worst", "lib/tasks/worst.fixture.ts"),
  ...{ threads: 1, processes: true, memoryMb: 4_000, mostWaiting: 10, mostOfOne: 10, idleMs: 0 },
})
afterAll(() => makers.close())

async function made(name: string): Promise<Uint8Array> {
  const bytes = await makers.run({ name: "make", args: [name], person: "test", ms: 120_000 })
  if (!(bytes instanceof Uint8Array)) throw new Error(name)
  return bytes
}

const read = (person: string, kind: DocumentKind, bytes: Uint8Array) =>
  work("readDocument", { person, ms: 90_000 }, kind, bytes).then(
    ({ fault, document }) => fault ?? (document && "read"),
    (error: { code: string }) => error.code,
  )

test.runIf(process.platform === "linux")(
  "needs Linux: the worst images and documents, processed concurrently, stay below 600 MB over the baseline",
  { timeout: 600_000 },
  async () => {
    const documents = await Promise.all(
      DOCUMENTS.map(async ([name, kind, outcome]) => ({ kind, outcome, bytes: await made(name) })),
    )
    const pictures = await Promise.all(
      Object.entries(PICTURES).map(async ([name, { bytes, made }]) => ({ name, made, file: await bytes() })),
    )
    const idle = residentMb()
    const peak = await peakOf(async () => {
      const outcomes = documents.map(({ kind, bytes }, index) => read(`person ${index % 3}`, kind, bytes))
      const bomb = expect(take("ann", pngBomb(30_000), "bomb.png")).rejects.toMatchObject({ code: "image:too_large" })
      await Promise.all(
        pictures.map(async ({ name, made, file }, index) =>
          expect(await take(`person ${index % 3}`, file, name), name).toEqual(made),
        ),
      )
      await bomb
      expect(await Promise.all(outcomes)).toEqual(documents.map(({ outcome }) => outcome))
    })
    expect(peak - idle).toBeLessThan(MAX_GROWTH_MB)
  },
)
