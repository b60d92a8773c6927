/** Cases that every implementation of the file store must pass. */
import { createHash } from "node:crypto"
import { expect, test } from "vitest"
import { newKey } from "@/lib/files/keys"
import { type FileStorage, inOne, readWhole } from "@/lib/files/storage"

const hashOf = (data: Uint8Array) => createHash("sha256").update(data).digest("hex")

async function* pieces(...all: Uint8Array[]) {
  yield* all
}

export function storageCases(storage: () => FileStorage): void {
  const keys = async () => {
    const found: string[] = []
    for await (const { key } of storage().list()) found.push(key)
    return found
  }

  test("data stored in chunks is read back whole, with its size and hash, until it is removed", async () => {
    const key = newKey()
    const data = Buffer.alloc(300_000, "picture ")
    expect(await storage().get(key)).toBeNull()
    expect(await storage().has(key)).toBe(false)
    const put = await storage().put(key, pieces(data.subarray(0, 7), data.subarray(7, 200_000), data.subarray(200_000)))
    expect(put).toEqual({ size: data.length, sha256: hashOf(data) })
    expect(await storage().has(key)).toBe(true)
    expect((await readWhole(storage(), key))?.equals(data)).toBe(true)
    await storage().remove(key)
    expect(await storage().get(key)).toBeNull()
    await storage().remove(key)
  })

  test("a range can be read alone, including the first and last byte, with the total size", async () => {
    const key = newKey()
    await storage().put(key, inOne(Buffer.from("0123456789")))
    for (const [start, end, text] of [
      [0, 0, "0"],
      [9, 9, "9"],
      [2, 5, "2345"],
      [0, 9, "0123456789"],
    ] as const) {
      const stored = await storage().get(key, { start, end })
      expect(stored?.size).toBe(10)
      expect(await new Response(stored?.body).text()).toBe(text)
    }
  })

  test("an empty file is a file", async () => {
    const key = newKey()
    expect(await storage().put(key, pieces())).toEqual({ size: 0, sha256: hashOf(Buffer.alloc(0)) })
    const stored = await storage().get(key)
    expect([stored?.size, await new Response(stored?.body).text()]).toEqual([0, ""])
  })

  test("a failed write stores nothing, and an existing file is kept", async () => {
    const [fresh, known] = [newKey(), newKey()]
    await storage().put(known, inOne(Buffer.from("before")))
    async function* broken() {
      yield Buffer.alloc(100_000)
      throw new Error("the sender has gone")
    }
    for (const key of [fresh, known]) await expect(storage().put(key, broken())).rejects.toThrow()
    expect(await storage().get(fresh)).toBeNull()
    expect((await readWhole(storage(), known))?.toString()).toBe("before")
    expect(await keys()).not.toContain(fresh)
  })

  test("concurrent writes to one key leave one of them, complete", async () => {
    const key = newKey()
    const all = Array.from({ length: 8 }, (_, n) => Buffer.alloc(50_000, String(n)))
    await Promise.all(all.map((data) => storage().put(key, inOne(data))))
    const left = await readWhole(storage(), key)
    expect(all.some((data) => left?.equals(data))).toBe(true)
  })

  test("all files are listed with their size, also under the hash names of earlier versions; removed ones are not", async () => {
    const data = Buffer.from("listed")
    const [one, two, gone] = [newKey(), hashOf(data), newKey()]
    for (const key of [one, two, gone]) await storage().put(key, inOne(data))
    await storage().remove(gone)
    const found = new Map<string, number>()
    for await (const { key, size, modifiedAt } of storage().list()) {
      found.set(key, size)
      expect(Math.abs(modifiedAt.getTime() - Date.now())).toBeLessThan(600_000)
    }
    expect([found.get(one), found.get(two), found.has(gone)]).toEqual([6, 6, false])
  })

  test("a reader that stops early does no harm", async () => {
    const key = newKey()
    await storage().put(key, inOne(Buffer.alloc(1_000_000, 1)))
    for (let n = 0; n < 5; n++) {
      const reader = (await storage().get(key))?.body.getReader()
      await reader?.read()
      await reader?.cancel()
    }
    expect((await readWhole(storage(), key))?.length).toBe(1_000_000)
  })

  test.each(["../../etc/passwd", "", "AB".repeat(32), `${"a".repeat(63)}/`, "x"])(
    "invalid keys are rejected: %j",
    async (key) => {
      await expect(storage().get(key)).rejects.toThrow("not a key")
      await expect(storage().put(key, inOne(Buffer.from("x")))).rejects.toThrow("not a key")
      await expect(storage().remove(key)).rejects.toThrow("not a key")
    },
  )
}
