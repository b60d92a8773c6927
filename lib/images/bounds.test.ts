/** Decoders that hang or are killed: nobody else has to wait, and the next picture is accepted. */
import { createServer } from "node:http"
import sharp from "sharp"
import { expect, test } from "vitest"
import { decoded } from "@/lib/images/decoder"
import { decoders } from "@/lib/tasks/memory.fixture"
import "@/lib/tasks/tasks"

const take = (userId: string, file: Uint8Array, name = "x.png") =>
  decoded({ userId, name, file }, async ({ pictures: [picture] }) => [picture?.full.width, picture?.full.height])

/** A newly started decoder, other than the known ones. */
async function decoderBeside(known: readonly number[]): Promise<number> {
  for (;;) {
    const [pid] = decoders().filter((one) => !known.includes(one))
    if (pid !== undefined) return pid
    await new Promise((resolve) => setImmediate(resolve))
  }
}

const failure = (taken: Promise<unknown>) => taken.then(() => null).catch((error: unknown) => error)
const small = () =>
  sharp({ create: { width: 30, height: 20, channels: 3, background: "#123456" } })
    .png()
    .toBuffer()
const [LINUX, WAITS] = [process.platform === "linux", "needs Linux: while an image is stuck in its decoder"]

test.runIf(LINUX)(`${WAITS}, requests are answered and other images are processed`, async () => {
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

test.runIf(LINUX)("needs Linux: a decode whose process was killed is retried alone", async () => {
  const picture = await small()
  const known = decoders()
  const taken = take("ann", picture)
  process.kill(await decoderBeside(known), "SIGKILL")
  expect(await taken).toEqual([30, 20])
})

test.runIf(LINUX)(
  "needs Linux: a decode killed twice is an error that names the file; the next image is processed",
  async () => {
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
  },
)
