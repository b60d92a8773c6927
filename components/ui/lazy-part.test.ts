import { expect, test } from "vitest"
import { sourcesOf } from "@/lib/i18n/source-scan.fixture"

test("components are lazy-loaded only through the retryable helper", () => {
  const others = sourcesOf(["components", "app"]).filter(
    ({ file, text }) =>
      file !== "components/ui/lazy-part.tsx" &&
      /from "next\/dynamic"|import \{[^}]*\blazy\b[^}]*\} from "react"/.test(text),
  )
  expect(others.map(({ file }) => file)).toEqual([])
})
