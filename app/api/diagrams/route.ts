import { randomBytes } from "node:crypto"
import { diagramFramePolicy } from "@/lib/http/csp"

const page = (nonce: string) => `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Diagrams</title>
<body><script type="module" nonce="${nonce}" src="/api/diagrams/frame.mjs"></script></body>
</html>
`

export const dynamic = "force-dynamic"

/** The frame that renders diagrams: with an opaque origin and no network, embeddable only by this application. */
export function GET(): Response {
  const nonce = randomBytes(16).toString("base64")
  return new Response(page(nonce), {
    headers: {
      "content-type": "text/html; charset=utf-8",
      "cache-control": "no-store",
      "content-security-policy": diagramFramePolicy(nonce),
    },
  })
}
