import { beforeEach, expect, test, vi } from "vitest"
import { networkOf, takeGuestAllowance } from "@/lib/auth/guests"
import { clientAddress } from "@/lib/http/peer"
import { resetThrottles } from "@/lib/throttle/kept"

const NOW = 1_000_000_000
const from = (address: string) => new Headers({ "x-sparkler-peer": `secret direct ${address}` })

beforeEach(() => {
  vi.stubEnv("NEW_GUESTS_PER_HOUR", "10")
  vi.stubEnv("DATA_DIR", "/tmp/sparkler-guests-test")
  resetThrottles()
  Reflect.set(globalThis, Symbol.for("sparkler.peer"), { value: "secret" })
})

const begun = async (address: string, tries: number, now = NOW) =>
  (await Promise.all(Array.from({ length: tries }, () => takeGuestAllowance(from(address), now)))).filter(Boolean)
    .length

test("each address has an hourly limit of new guests, independent of other addresses", async () => {
  expect(await begun("203.0.113.7", 200)).toBe(10)
  expect(await begun("203.0.113.8", 1)).toBe(1)
  expect(await begun("203.0.113.7", 5, NOW + 6 * 60_000)).toBe(1)
  expect(await begun("203.0.113.7", 200, NOW + 3 * 3_600_000)).toBe(10)
})

test("an IPv6 customer has one limit, however many of its addresses are used", async () => {
  const counts = await Promise.all(Array.from({ length: 50 }, (_, n) => begun(`2001:db8:1:2::${n}`, 1)))
  expect(counts.filter(Boolean)).toHaveLength(10)
  expect(await begun("2001:db8:1:3::1", 1)).toBe(1)
})

test("networks", () => {
  expect(networkOf("::ffff:127.0.0.1")).toBe("127.0.0.1")
  expect(networkOf("::1")).toBe("0:0:0:0::/64")
  expect(networkOf("2001:DB8::5%eth0")).toBe("2001:db8:0:0::/64")
  expect(networkOf("2001:0db8:1:2:3:4:5:6")).toBe("2001:db8:1:2::/64")
  expect(networkOf("")).toBe("")
})

test("behind proxies the entry written by the outermost trusted one counts; a forged header never counts", () => {
  const headers = new Headers({
    "x-sparkler-peer": "secret forwarded 10.0.0.2",
    "x-forwarded-for": "6.6.6.6, 203.0.113.9, 10.0.0.1",
  })
  expect(clientAddress(headers, 0)).toBe("10.0.0.2")
  expect(clientAddress(headers, 1)).toBe("10.0.0.1")
  expect(clientAddress(headers, 2)).toBe("203.0.113.9")
  expect(clientAddress(headers, 9)).toBe("6.6.6.6")
  expect(clientAddress(new Headers({ "x-sparkler-peer": "guess direct 6.6.6.6" }), 0)).toBe("")
})
