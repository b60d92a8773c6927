/** Pages opened by this machine's address, as the server process checks them. */
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { v7 as uuidv7 } from "uuid"
import { afterAll, beforeAll, expect, test } from "vitest"
import { testGuest } from "@/lib/auth/guest.fixture"
import { type TestDatabase, withTestDb } from "@/lib/db/testing"
import { PROCESS_HEADER, processName } from "@/lib/http/one-name"
import { otherPlace } from "@/lib/server/other-place"
import { ownerCookie } from "@/lib/setup/owner"
import { singleton } from "@/lib/singleton"

let testDb: TestDatabase
let port = 0
const server = createServer((_, response) => response.setHeader(PROCESS_HEADER, processName()).end())

beforeAll(async () => {
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening))
  port = (server.address() as AddressInfo).port
  process.env.PORT = String(port)
  testDb = await withTestDb()
})
afterAll(async () => {
  server.close()
  await testDb.close()
})

const opened = (cookie?: string, url = "/c/x?y=z") =>
  otherPlace({
    method: "GET",
    url,
    headers: new Headers({
      ...{ host: `127.0.0.1:${port}`, "sec-fetch-mode": "navigate", "sec-fetch-dest": "document" },
      "x-sparkler-peer": `${singleton("peer", () => "secret")} direct 127.0.0.1`,
      ...(cookie ? { cookie } : {}),
    }),
  })

test("visitors without data at the IP address are redirected to the hostname; those with chats or the claim there stay", async () => {
  const place = `http://localhost:${port}/c/x?y=z`
  expect(await opened()).toBe(place)
  expect(await opened("next-auth.session-token=forged")).toBe(place)
  const guest = await testGuest()
  expect(await opened(guest.cookie)).toBe(place)
  // A deleted chat can be restored at that address.
  const deleted = { id: uuidv7(), userId: guest.id, title: "t", deletedAt: new Date() }
  await testDb.database.conversation.create({ data: deleted })
  expect(await opened(guest.cookie)).toBeNull()
  expect(await opened((await ownerCookie()).split(";")[0])).toBeNull()
})
