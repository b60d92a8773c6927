import { expect, test } from "vitest"
import { sameOriginPath } from "@/lib/accounts/same-origin-path"

test.each(["/c/1?message=2#x", "/", "/?temporary", "/#settings/account"])("%s is a path of this site", (path) => {
  expect(sameOriginPath(path)).toBe(path)
})

test.each([
  ...[
    "http://evil.example/",
    "//evil.example",
    "/\\evil.example",
    "/\t/evil.example",
    "/.//evil.example",
    "javascript:alert(1)",
  ],
  ...[
    "\\\\evil.example",
    "/../..//evil.example",
    "https:evil.example",
    "",
    undefined,
    ["/a"],
    "/sign-in?to=/",
    "/api/export",
  ],
])("%s is not: the start page is used", (asked) => {
  expect(sameOriginPath(asked)).toBe("/")
})
