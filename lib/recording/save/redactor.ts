/**
 * Takes out of a recording what must not be passed on: keys of any kind, links that let in whoever has them, and the
 * person's own address of mail. Also where it came in pieces.
 */
import { HIDDEN, hideKeys } from "@/lib/hide-keys"
import { isRecord } from "@/lib/is-record"
import { findSecrets } from "@/lib/share/secrets"

/** Stands for what was taken out of a link, and for an address of mail. */
const LINK = "[link]"
const EMAIL = "[email]"
/** Characters of texts whose result is remembered, and how many: the same names and ids stand in every line. */
const SHORT = 200
const MOST_KNOWN = 20_000

/** A part of a text, and what stands in its place. */
export interface Edit {
  from: number
  to: number
  text: string
}

const KEYS: ReadonlySet<string> = new Set(["key", "password"])
/** Also as JSON has them in a text: with `\/`, and with `\u0026` for `&`. */
const LINKS = /\bhttps?:(?:\\*\/){2}(?:[^\s"'<>\\]|\\+(?:\/|u00[0-9a-f]{2})){1,4000}/gi
const LOGIN = /^(https?:[\\/]+)[^/?#\\]*@/i
/** Names whose value may be a secret that only the name gives away. */
const TELLING = /key|secret|token|auth|pass|pwd|kennwort/i
/** Parameters that let somebody in, of the large stores and of anybody. */
const SIGNED =
  /^(?:x-(?:amz|goog|oss|cos)-.*|sig|signature|googleaccessid|awsaccesskeyid|policy|key-pair-id|token|access_token|auth|api_?key|key|code|secret|hmac|jwt|password|se|sp|sv|sr)$/i

/** Cleans texts, values, and texts in pieces, and counts what it took out. */
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
    if (text.length <= SHORT && this.known.size < MOST_KNOWN) this.known.set(text, clean)
    return clean
  }

  /** All texts of a JSON value, the names of its members as well. */
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

  /** `{"password": "…"}` is found as it would be in the text of the JSON. */
  member(name: string, value: string): string {
    if (!TELLING.test(name)) return this.text(value)
    const before = `"${name}":"`
    const clean = this.text(`${before}${value}"`)
    return clean.startsWith(before) && clean.endsWith('"') ? clean.slice(before.length, -1) : this.text(value)
  }

  /** Texts that are one when they are joined: what stands across several of them is found, too. */
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
    const keys = hideKeys(links)
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

/** A link without what lets somebody in; to the letter as it is where it has nothing of the kind. */
function plainLink(link: string): string {
  const plain = link.replace(LOGIN, `$1${LINK}@`)
  const place = plain.search(/[?#]/)
  return place >= 0 && isSigned(plain.slice(place)) ? plain.slice(0, place + 1) + LINK : plain
}

/** What stands behind the path has such a parameter, also behind a `#`, or in a link within the link. */
const isSigned = (rest: string): boolean =>
  rest
    .replace(/(?:\\+u00|%)([0-9a-f]{2})/gi, (_, code) => String.fromCharCode(Number.parseInt(code, 16)))
    .split(/[?#&;]/)
    .some((part) => SIGNED.test(/^([^=]+)=./.exec(part)?.[1] ?? ""))

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")
const times = (text: string, mark: string) => text.split(mark).length - 1

/** The text with these places changed; they come in order and lie apart. */
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

/** Where `clean`, in which marks stand for something, differs. */
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
  // Words may be others, too (`Bearer%20…` becomes `Bearer …`): then the places are not the ones above.
  return edited(text, edits) === clean ? edits : [onlyEdit(text, clean)]
}

/** All from the first to the last letter that differs. */
function onlyEdit(text: string, clean: string): Edit {
  const most = Math.min(text.length, clean.length)
  let [same, behind] = [0, 0]
  while (same < most && text[same] === clean[same]) same++
  while (behind < most - same && text.at(-1 - behind) === clean.at(-1 - behind)) behind++
  return { from: same, to: text.length - behind, text: clean.slice(same, clean.length - behind) }
}

/** The pieces of the changed text: each ends where it ended before; what was changed goes to the piece where it began. */
export function divided(pieces: readonly string[], edits: readonly Edit[]): string[] {
  const whole = edited(pieces.join(""), edits)
  const cuts: number[] = []
  let [end, shift, place] = [0, 0, 0]
  for (const piece of pieces) {
    end += piece.length
    for (let edit = edits[place]; edit && edit.from < end; edit = edits[++place])
      shift += edit.text.length - (edit.to - edit.from)
    const before = edits[place - 1]
    // A cut within a change moves behind it.
    cuts.push(Math.max(end, before?.to ?? 0) + shift)
  }
  return cuts.map((cut, at) => whole.slice(cuts[at - 1] ?? 0, cut))
}
