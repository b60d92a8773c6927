/**
 * Removes from a recording what must not be shared: keys of any kind, links that grant access, and the user's own email
 * address. Even when split into pieces.
 */

import { isRecord } from "@/lib/is-record"
import { HIDDEN, redactKeys } from "@/lib/redact-keys"
import { findSecrets } from "@/lib/share/secrets"

/** Replacements for the removed part of a link, and for an email address. */
const LINK = "[link]"
const EMAIL = "[email]"
/** Cache limits, in characters per text and number of texts: the same names and IDs are in every line. */
const SHORT = 200
const MAX_KNOWN = 20_000

/** A range of a text, and its replacement. */
export interface Edit {
  from: number
  to: number
  text: string
}

const KEYS: ReadonlySet<string> = new Set(["key", "password"])
/** Also as escaped in JSON: with `\/`, and with `\u0026` for `&`. */
const LINKS = /\bhttps?:(?:\\*\/){2}(?:[^\s"'<>\\]|\\+(?:\/|u00[0-9a-f]{2})){1,4000}/gi
const LOGIN = /^(https?:[\\/]+)[^/?#\\]*@/i
/** Names whose value may be a secret that is recognizable only by the name. */
const TELLING = /key|secret|token|auth|pass|pwd|kennwort/i
/** Parameters that grant access, of the major cloud stores and in general. */
const SIGNED =
  /^(?:x-(?:amz|goog|oss|cos)-.*|sig|signature|googleaccessid|awsaccesskeyid|policy|key-pair-id|token|access_token|auth|api_?key|key|code|secret|hmac|jwt|password|se|sp|sv|sr)$/i

/** Redacts texts, values, and split texts, and counts what it removed. */
export class Redactor {
  readonly removed = { keys: 0, links: 0, emails: 0 }
  private readonly known = new Map<string, string>()
  private readonly emails: RegExp | null

  /** `emails`: of the account. */
  constructor(emails: readonly string[]) {
    const forms = emails.flatMap((email) => [email, encodeURIComponent(email)]).map(escaped)
    this.emails = forms.length > 0 ? new RegExp(forms.join("|"), "gi") : null
  }

  text(text: string): string {
    if (text.length < 4) return text
    const known = this.known.get(text)
    const clean = known ?? this.cleaned(text)
    if (known !== undefined && known !== text) this.count(text, clean)
    if (text.length <= SHORT && this.known.size < MAX_KNOWN) this.known.set(text, clean)
    return clean
  }

  /** All texts of a JSON value, including member names. */
  value(value: unknown): unknown {
    if (typeof value === "string") return this.text(value)
    if (Array.isArray(value)) return value.map((item) => this.value(item))
    if (!isRecord(value)) return value
    return Object.fromEntries(
      Object.entries(value).map(([name, member]) => [
        this.text(name),
        typeof member === "string" ? this.member(name, member) : this.value(member),
      ]),
    )
  }

  /** Finds `{"password": "…"}` as in the JSON text. */
  member(name: string, value: string): string {
    if (!TELLING.test(name)) return this.text(value)
    const before = `"${name}":"`
    const clean = this.text(`${before}${value}"`)
    return clean.startsWith(before) && clean.endsWith('"') ? clean.slice(before.length, -1) : this.text(value)
  }

  /** Redacts texts that form one when joined: finds secrets across several of them too. */
  pieces(pieces: readonly string[]): string[] {
    const whole = pieces.join("")
    const clean = this.text(whole)
    return clean === whole ? [...pieces] : divided(pieces, editsBetween(whole, clean))
  }

  private cleaned(text: string): string {
    const edits = findSecrets(text)
      .filter(({ kind }) => KEYS.has(kind))
      .map(({ start, text: secret }) => ({ from: start, to: start + secret.length, text: HIDDEN }))
    const links = edited(text, edits).replace(LINKS, plainLink)
    const keys = redactKeys(links)
    const clean = this.emails ? keys.replace(this.emails, EMAIL) : keys
    if (clean !== text) this.count(text, clean)
    return clean
  }

  private count(before: string, after: string): void {
    const more = (mark: string) => Math.max(0, times(after, mark) - times(before, mark))
    this.removed.keys += more(HIDDEN)
    this.removed.links += more(LINK)
    this.removed.emails += more(EMAIL)
  }
}

/** A link without its access-granting parts; unchanged if it has none. */
function plainLink(link: string): string {
  const plain = link.replace(LOGIN, `$1${LINK}@`)
  const place = plain.search(/[?#]/)
  return place >= 0 && isSigned(plain.slice(place)) ? plain.slice(0, place + 1) + LINK : plain
}

/** Whether the query, the fragment, or a nested link has such a parameter. */
const isSigned = (rest: string): boolean =>
  rest
    .replace(/(?:\\+u00|%)([0-9a-f]{2})/gi, (_, code) => String.fromCharCode(Number.parseInt(code, 16)))
    .split(/[?#&;]/)
    .some((part) => SIGNED.test(/^([^=]+)=./.exec(part)?.[1] ?? ""))

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")
const times = (text: string, mark: string) => text.split(mark).length - 1

/** Applies the edits to the text; they are in order and don't overlap. */
export function edited(text: string, edits: readonly Edit[]): string {
  let result = ""
  let from = 0
  for (const edit of edits) {
    result += text.slice(from, edit.from) + edit.text
    from = edit.to
  }
  return result + text.slice(from)
}

const MARKS = /\[(?:hidden|link|email)\]/

/** The differences to `clean`, in which markers replace secrets. */
function editsBetween(text: string, clean: string): Edit[] {
  const same = clean.split(MARKS)
  const marks = clean.match(new RegExp(MARKS, "g")) ?? []
  const edits: Edit[] = []
  let end = same[0]?.length ?? 0
  for (const [place, mark] of marks.entries()) {
    const words = same[place + 1] ?? ""
    const last = place === marks.length - 1
    const next = last ? text.length - words.length : Math.max(text.indexOf(words, end), end)
    edits.push({ from: end, to: next, text: mark })
    end = next + words.length
  }
  // Other words may change too (`Bearer%20…` becomes `Bearer …`): then the ranges above don't apply.
  return edited(text, edits) === clean ? edits : [onlyEdit(text, clean)]
}

/** A single edit from the first to the last difference. */
function onlyEdit(text: string, clean: string): Edit {
  const most = Math.min(text.length, clean.length)
  let [same, behind] = [0, 0]
  while (same < most && text[same] === clean[same]) same++
  while (behind < most - same && text.at(-1 - behind) === clean.at(-1 - behind)) behind++
  return { from: same, to: text.length - behind, text: clean.slice(same, clean.length - behind) }
}

/** Splits the edited text at the original boundaries; a replacement goes to the piece where it starts. */
export function divided(pieces: readonly string[], edits: readonly Edit[]): string[] {
  const whole = edited(pieces.join(""), edits)
  const cuts: number[] = []
  let [end, shift, place] = [0, 0, 0]
  for (const piece of pieces) {
    end += piece.length
    for (let edit = edits[place]; edit && edit.from < end; edit = edits[++place])
      shift += edit.text.length - (edit.to - edit.from)
    const before = edits[place - 1]
    // A boundary within an edit moves to its end.
    cuts.push(Math.max(end, before?.to ?? 0) + shift)
  }
  return cuts.map((cut, at) => whole.slice(cuts[at - 1] ?? 0, cut))
}
