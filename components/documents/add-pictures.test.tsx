import { NextIntlClientProvider } from "next-intl"
import { renderToString } from "react-dom/server"
import { expect, test } from "vitest"
import { AttachDocumentImages } from "@/components/documents/add-pictures"
import type { DocumentInfo, DocumentNote } from "@/lib/documents/types"
import de from "@/lib/i18n/de.json"
import en from "@/lib/i18n/en.json"

const shown = (language: "en" | "de", kind: DocumentInfo["kind"], ...notes: DocumentNote[]) =>
  renderToString(
    <NextIntlClientProvider locale={language} messages={language === "en" ? en : de} timeZone="UTC">
      <AttachDocumentImages
        info={{
          ...{ id: "0198c0de-0000-7000-8000-000000000001", name: "Report", kind, bytes: 1, status: "ready", pages: 1 },
          facts: { characters: 1, tokens: [1], scanned: [], notes },
        }}
        onPictures={async () => ({ added: 0, there: 0, left: 0 })}
      />
    </NextIntlClientProvider>,
  )

test("the images in an office file are offered with their count", () => {
  expect(shown("en", "docx", { note: "macros" }, { note: "images", count: 4 })).toContain("Add its 4 images")
  expect(shown("en", "epub", { note: "images", count: 1 })).toContain("Add its image")
  expect(shown("de", "pptx", { note: "images", count: 4 })).toContain("4 Bilder daraus anhängen")
})

test("for a web page, only embedded images are offered", () => {
  expect(shown("en", "html", { note: "images", count: 4, inside: 2 })).toContain("Add its 2 images")
  expect(shown("en", "html", { note: "images", count: 4, inside: 0 })).toBe("")
})

test("nothing is offered when there are no images or they are external", () => {
  expect(shown("en", "docx", { note: "macros" })).toBe("")
  expect(shown("en", "html", { note: "images", count: 4 })).toBe("")
})
