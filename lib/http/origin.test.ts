import { expect, test } from "vitest"
import { isPrivateHost, isSameOrigin } from "@/lib/http/origin"

const ask = (headers: Record<string, string>, appUrl?: string) => isSameOrigin(new Headers(headers), appUrl)

test("a program without browser headers is accepted", () => {
  expect(ask({ host: "localhost:3000" })).toBe(true)
})

test.each([
  [{ host: "localhost:3000", origin: "http://localhost:3000", "sec-fetch-site": "same-origin" }, true],
  [{ host: "127.0.0.1:3000", origin: "http://127.0.0.1:3000" }, true],
  [{ host: "[::1]:3000", origin: "http://[::1]:3000" }, true],
  [{ host: "localhost:3000", origin: "http://localhost:4000" }, false],
  [{ host: "localhost:3000", origin: "http://evil.example" }, false],
  [{ host: "localhost:3000", origin: "http://localhost:3000.evil.example" }, false],
  [{ host: "localhost:3000", origin: "null" }, false],
  [{ host: "localhost:3000", "sec-fetch-site": "cross-site" }, false],
  [{ host: "localhost:3000", "sec-fetch-site": "same-site", origin: "http://localhost:3000" }, false],
])("%o → %s", (headers, allowed) => {
  expect(ask(headers)).toBe(allowed)
})

test("a public hostname is trusted only when configured: it could be rebound to this machine", () => {
  const headers = { host: "chat.example.com", origin: "https://chat.example.com" }
  expect(ask(headers)).toBe(false)
  expect(ask(headers, "https://chat.example.com")).toBe(true)
  expect(ask({ ...headers, origin: "https://chat.example.com.evil.example" }, "https://chat.example.com")).toBe(false)
})

test.each([
  ["nas", true],
  ["nas.local", true],
  ["192.168.1.5", true],
  ["example.com", false],
  ["local.example.com", false],
])("%s is private: %s", (host, expected) => {
  expect(isPrivateHost(host)).toBe(expected)
})
