import { diagramFramePolicy } from "@/lib/http/csp"

const PAGE = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Diagrams</title>
<body><script type="module" src="/api/diagrams/frame.mjs"></script></body>
</html>
`

/** The frame in which diagrams are drawn: without an origin, without a network, shown by nobody but this application. */
export function GET(): Response {
  return new Response(PAGE, {
    headers: {
      "content-type": "text/html; charset=utf-8",
      "cache-control": "public, max-age=3600",
      "content-security-policy": diagramFramePolicy(),
    },
  })
}
