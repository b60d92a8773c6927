import { expect, test } from "vitest"
import { isReadable, mended } from "@/lib/server/address.mjs"

test.each([
  ["/?q=100%", "/?q=100%25"],
  ["/c/%ff", "/c/%25ff"],
  ["/%E0%A4%A", "/%25E0%25A4%25A"],
  ["/%", "/%25"],
  ["/%%20", "/%25%20"],
  ["/?q=%zz&temporary", "/?q=%25zz&temporary"],
  ["/c/%41?x=caf%C3%A9", "/c/%41?x=caf%C3%A9"],
  ["/", "/"],
])("%s is read as %s", (url, as) => {
  expect(mended(url)).toBe(as)
  expect(isReadable(as)).toBe(true)
})
