import { NextRequest } from "next/server"
import { expect, test } from "vitest"
import { isReadable, mended, nextHostName } from "@/lib/server/address.mjs"

test.each([
  ["/?q=100%", "/?q=100%25"],
  ["/c/%ff", "/c/%25ff"],
  ["/%E0%A4%A", "/%25E0%25A4%25A"],
  ["/%", "/%25"],
  ["/%%20", "/%25%20"],
  ["/?q=%zz&temporary", "/?q=%25zz&temporary"],
  ["/c/%41?x=caf%C3%A9", "/c/%41?x=caf%C3%A9"],
  ["/", "/"],
])("%s is normalized to %s", (url, as) => {
  expect(mended(url)).toBe(as)
  expect(isReadable(as)).toBe(true)
})

test.each(["127.0.0.1", "127.8.9.10", "::1", "localhost", "0.0.0.0", "::", "192.168.1.7", "chat.example.com"])(
  "when listening on %s, Next.js reports the request origin we configured",
  (host) => {
    const name = nextHostName(host)
    const { origin } = new URL(`http://${name.includes(":") ? `[${name}]` : name}:3000`)
    expect(new URL(new NextRequest(`${origin}/share/x`).url).origin).toBe(origin)
  },
)
