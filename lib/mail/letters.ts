/** Emails to people about their accounts: short, as text and as plain HTML that loads nothing. */
import { config } from "@/lib/config"
import type { Language } from "@/lib/i18n/language"
import { renderSentence, sentence } from "@/lib/i18n/sentences"
import type { Mail } from "@/lib/mail/mail"

/** The sentences of each email. */
const LETTERS = {
  reset: {
    subject: "mail:reset/subject",
    text: "mail:reset/text",
    button: "mail:reset/button",
    ignore: "mail:reset/ignore",
  },
  verify: {
    subject: "mail:verify/subject",
    text: "mail:verify/text",
    button: "mail:verify/button",
    ignore: "mail:verify/ignore",
  },
  change: {
    subject: "mail:change/subject",
    text: "mail:change/text",
    button: "mail:change/button",
    ignore: "mail:verify/ignore",
  },
  moved: {
    subject: "mail:moved/subject",
    text: "mail:moved/text",
    button: "mail:moved/button",
    ignore: "mail:changed/ignore",
  },
  changed: {
    subject: "mail:changed/subject",
    text: "mail:changed/text",
    button: "mail:changed/button",
    ignore: "mail:changed/ignore",
  },
} as const

/** The email to this address, with its link. `email`: the account's new address, if the email mentions one. */
export function letter(
  kind: keyof typeof LETTERS,
  to: string,
  { url, language, email = "" }: { url: string; language: Language; email?: string },
): Mail {
  const place = new URL(config().address).host
  const say = (part: "subject" | "text" | "button" | "ignore") =>
    renderSentence(sentence(LETTERS[kind][part], { place, email }), language)
  return {
    to,
    subject: say("subject"),
    text: `${say("text")}\n\n${url}\n\n${say("ignore")}\n`,
    html: page({ language, url, text: say("text"), button: say("button"), ignore: say("ignore") }),
  }
}

const SPECIAL: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" }
const escaped = (text: string) => text.replace(/[&<>"']/g, (character) => SPECIAL[character] ?? character)

interface Parts {
  language: Language
  url: string
  text: string
  button: string
  ignore: string
}

const page = ({ language, url, text, button, ignore }: Parts): string => `<!doctype html>
<html lang="${language}">
<head><meta charset="utf-8"><meta name="color-scheme" content="light dark"></head>
<body style="margin:0;padding:32px 16px;font:16px/1.55 system-ui,sans-serif">
<div style="max-width:34rem;margin:0 auto">
<p style="font-weight:600">Sparkler</p>
<p>${escaped(text)}</p>
<p style="margin:28px 0"><a href="${escaped(url)}" style="display:inline-block;padding:10px 18px;border-radius:8px;background:#b4441a;color:#fff;text-decoration:none;font-weight:600">${escaped(button)}</a></p>
<p style="word-break:break-all;font-size:14px">${escaped(url)}</p>
<p style="font-size:14px;opacity:.75">${escaped(ignore)}</p>
</div>
</body>
</html>
`
