import { expect, test } from "vitest"
import { preferredForm } from "@/lib/http/accept"

test.each([
  [null, "html"],
  ["*/*", "html"],
  ["", "html"],
  ["text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8", "html"],
  ["text/markdown", "md"],
  ["Text/Markdown; charset=utf-8", "md"],
  ["application/json", "json"],
  ["application/json, text/plain, */*", "json"],
  ["text/markdown, text/html;q=0.9, */*;q=0.1", "md"],
  ["text/html, text/markdown;q=0.9", "html"],
  ["text/markdown;q=0", "html"],
  ["text/markdown;q=x, application/json;q=0.2", "json"],
  ["image/png", "html"],
  ["text/*", "html"],
])("%s: %s", (accept, form) => expect(preferredForm(accept)).toBe(form))
