import { NextIntlClientProvider } from "next-intl"
import { renderToString } from "react-dom/server"
import { expect, test } from "vitest"
import { MessageDocuments } from "@/components/documents/message-documents"
import de from "@/lib/i18n/de.json"
import en from "@/lib/i18n/en.json"
import type { MessageDocument } from "@/lib/messages/types"

const part: MessageDocument = {
  ...{ documentId: "0198c0de-0000-7000-8000-000000000001", name: "Report.pdf", kind: "pdf", bytes: 1_234_000 },
  ...{ pages: 12, range: [[2, 3]], mode: "auto", tokens: 100, pictures: 1 },
}

const shown = (language: "en" | "de", document: MessageDocument) =>
  renderToString(
    <NextIntlClientProvider locale={language} messages={language === "en" ? en : de} timeZone="UTC">
      <MessageDocuments documents={[document]} />
    </NextIntlClientProvider>,
  )

test("a card shows the document type, the pages sent, and how they are sent", () => {
  expect(shown("en", part)).toMatch(/Report\.pdf.*PDF, pages 2–3 of 12, 1\.2 MB.*1 page read as images/)
  expect(shown("de", part)).toMatch(/PDF, Seiten 2–3 von 12.*1 Seite als Bild/)
  expect(shown("en", { ...part, range: undefined, pictures: 0 })).toMatch(/PDF, 12 pages.*Read as text/)
})

test("without a document id there is no open button", () => {
  expect(shown("en", part)).toContain("<button")
  expect(shown("en", { ...part, documentId: undefined })).not.toContain("<button")
})
