/** The command as a shell parses it. */
import { execFileSync } from "node:child_process"
import { expect, test } from "vitest"
import { toCurl } from "@/lib/get-code/curl"

test("a server URL can't break out of its quotes", () => {
  const code = toCurl({ baseUrl: "http://a.test/it's;id;'/v1", key: false, body: {}, files: [] })
  const said = execFileSync("sh", ["-c", `curl() { printf %s "$2"; }\n${code}`], { encoding: "utf8" })
  expect(said).toBe("http://a.test/it%27s;id;%27/v1/chat/completions")
})
