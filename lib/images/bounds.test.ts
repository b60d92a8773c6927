/** What the worst files take while they are taken in: memory of all processes together, and nobody else waits for them. */
import { readdirSync, readFileSync } from "node:fs"
import { createServer } from "node:http"
import sharp from "sharp"
import { expect, test } from "vitest"
import { pngBomb } from "@/lib/images/decode/corpus.fixture"
import { gridHeic, halvesTile } from "@/lib/images/decode/heic.fixture"
import { decoded } from "@/lib/images/decoder"
import "@/lib/tasks/tasks"

const MOST_GROWTH_MB = 600

/** What a process of the system tells; empty once it has ended. */
function told(file: string): string {
  try {
    return readFileSync(`/proc/${file}`, "utf8")
  } catch {
    return ""
  }
}

/** Decoders that this process has begun (Linux). */
const decoders = (): number[] =>
  readdirSync("/proc/self/task")
    .flatMap((thread) => told(`self/task/${thread}/children`).split(" ").filter(Boolean).map(Number))
    .filter((pid) => told(`${pid}/cmdline`).includes("own-process"))

/** Of this process and its decoders. */
function residentMb(): number {
  const all = [process.pid, ...decoders()].map((pid) => (Number(told(`${pid}/statm`).split(" ")[1] ?? 0) * 4_096) / 1e6)
  return all.reduce((sum, one) => sum + one, 0)
}

/** The most that they have together until this is done. */
async function peakOf(work: () => Promise<unknown>): Promise<number> {
  let peak = 0
  const look = setInterval(() => {
    peak = Math.max(peak, residentMb())
  }, 5)
  await work().finally(() => clearInterval(look))
  return peak
}

const take = (userId: string, file: Uint8Array, name = "x.png") =>
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

const WORST: Record<string, { bytes: () => Promise<Buffer>; made: [number, number] }> = {
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

test.runIf(process.platform === "linux")(
  "needs Linux: the worst pictures, all at once, stay below 600 MB above what there was",
  { timeout: 600_000 },
  async () => {
    const idle = residentMb()
    const files = await Promise.all(
      Object.entries(WORST).map(async ([name, { bytes, made }], index) => ({ name, made, index, file: await bytes() })),
    )
    const peak = await peakOf(async () => {
      const bomb = expect(take("ann", pngBomb(30_000))).rejects.toMatchObject({ code: "image:too_large" })
      await Promise.all(
        files.map(async ({ name, made, index, file }) =>
          expect(await take(`person ${index % 3}`, file, name), name).toEqual(made),
        ),
      )
      await bomb
    })
    expect(peak - idle).toBeLessThan(MOST_GROWTH_MB)
  },
)

/** A decoder that has just begun, other than those. */
async function decoderBeside(known: readonly number[]): Promise<number> {
  for (;;) {
    const [pid] = decoders().filter((one) => !known.includes(one))
    if (pid !== undefined) return pid
    await new Promise((resolve) => setImmediate(resolve))
  }
}

const failure = (taken: Promise<unknown>) => taken.then(() => null).catch((error: unknown) => error)
const small = () => flat(30, 20).png().toBuffer()
const [LINUX, WAITS] = [process.platform === "linux", "needs Linux: while a picture is held up in its decoder"]

test.runIf(LINUX)(`${WAITS}, requests are answered and other pictures are taken`, async () => {
  const server = createServer((_, response) => response.end("here"))
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  const address = server.address()
  const url = typeof address === "object" && address ? `http://127.0.0.1:${address.port}` : ""
  const picture = await small()
  const known = decoders()
  let over = false
  const waits = take("ann", picture).then((made) => {
    over = true
    return made
  })
  const pid = await decoderBeside(known)
  process.kill(pid, "SIGSTOP")
  expect(await (await fetch(url)).text()).toBe("here")
  expect(await take("bob", picture)).toEqual([30, 20])
  expect(over).toBe(false)
  process.kill(pid, "SIGCONT")
  expect(await waits).toEqual([30, 20])
  server.close()
})

test.runIf(LINUX)("needs Linux: a decoder that is killed is tried again, alone", async () => {
  const picture = await small()
  const known = decoders()
  const taken = take("ann", picture)
  process.kill(await decoderBeside(known), "SIGKILL")
  expect(await taken).toEqual([30, 20])
})

test.runIf(LINUX)("needs Linux: killed twice is an error that names the file; the next picture is taken", async () => {
  const picture = await small()
  const known = decoders()
  const killed = failure(take("ann", picture, "killed.png"))
  for (let time = 0; time < 2; time++) {
    const pid = await decoderBeside(known)
    known.push(pid)
    process.kill(pid, "SIGKILL")
  }
  expect(await killed).toMatchObject({ code: "image:too_large", message: expect.stringContaining("“killed.png”") })
  expect(await take("ann", picture)).toEqual([30, 20])
})
