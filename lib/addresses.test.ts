import { expect, test } from "vitest"
import { addressOf, isInDomains } from "@/lib/addresses"

test.each([
  ["  Ada@Example.COM ", "ada@example.com"],
  ["ada+lists@example.com", "ada+lists@example.com"],
  ["jürgen@bücher.example", "jürgen@xn--bcher-kva.example"],
])("“%s” is normalized to %s", (text, kept) => {
  expect(addressOf(text)).toBe(kept)
})

test.each([
  ...[
    "",
    "ada",
    "ada@",
    "@example.com",
    "ada@example",
    "ada@localhost",
    "a b@example.com",
    "ada@127.0.0.1",
    "ada@[::1]",
  ],
  ...["ada@example.com\r\nBcc: eve@example.com", "a@example.com,b@example.com", '"a"@example.com', "<a@example.com>"],
  ...[
    "a@example.com\u0000",
    `${"a".repeat(65)}@example.com`,
    "ada@example.com/x",
    "ada@example..com",
    "ada@exa%6dple.com",
  ],
])("%j is not an email address", (text) => {
  expect(addressOf(text)).toBeNull()
})

test("a domain matches exactly, not suffixes or subdomains", () => {
  expect(isInDomains("a@example.com", ["example.com"])).toBe(true)
  expect(isInDomains("a@xn--bcher-kva.example", ["Bücher.example"])).toBe(true)
  for (const other of ["a@notexample.com", "a@sub.example.com", "a@example.com.evil.example"])
    expect(isInDomains(other, ["example.com"])).toBe(false)
  expect(isInDomains("a@anything.example", [])).toBe(true)
})
