/** Mail: its headers and its text. Attachments are listed by name. */
import PostalMime, { type Address } from "postal-mime"
import { dataAddressesIn } from "@/lib/documents/read/data-addresses"
import { markdownOf } from "@/lib/documents/read/html"
import { isPicture, MAIL_LIMITS } from "@/lib/documents/read/mail-files"
import { blocks, headingOf } from "@/lib/documents/read/markdown"
import { piecesOf } from "@/lib/documents/read/pages"
import type { ReadDocument } from "@/lib/documents/types"

export async function readEml(bytes: Uint8Array): Promise<ReadDocument> {
  const mail = await PostalMime.parse(bytes, MAIL_LIMITS)
  const head = [
    ["From", mail.from && [mail.from]],
    ["To", mail.to],
    ["Cc", mail.cc],
  ] as const
  const lines = head.flatMap(([name, people]) =>
    people && people.length > 0 ? [`- **${name}:** ${people.map(personOf).join(", ")}`] : [],
  )
  if (mail.date) lines.push(`- **Date:** ${mail.date}`)
  const files = mail.attachments.filter(({ related, disposition }) => !related || disposition === "attachment")
  const names = files.map(({ filename, mimeType }) => filename ?? mimeType).slice(0, 50)
  if (names.length > 0) lines.push(`- **Attachments:** ${names.join(", ")}`)
  const text = mail.text?.trim() || (mail.html ? markdownOf(mail.html).text : "")
  const images = mail.attachments.filter(isPicture).length + dataAddressesIn(mail.html ?? "").length
  const title = mail.subject?.trim() || undefined
  return {
    title,
    pages: piecesOf(blocks(title ? headingOf(1, title) : "", lines.join("\n"), text)),
    notes: [
      ...(names.length > 0 ? [{ note: "attachments", names } as const] : []),
      ...(images > 0 ? [{ note: "images", count: images } as const] : []),
    ],
  }
}

const personOf = ({ name, address, group }: Address): string => {
  if (group) return `${name}: ${group.map(personOf).join(", ")}`
  return name && address ? `${name} <${address}>` : name || address || ""
}
