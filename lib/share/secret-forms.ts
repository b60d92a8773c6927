/** Distinguishes secrets from look-alikes. Pure. */

/** The digits at the start of a run that form one number: single spaces or hyphens between groups. */
export function cardAt(run: string): string | null {
  const [card] = /^\d{4}(?:[ -]?\d){9,15}$/.exec(run) ?? []
  return card ?? null
}

/** Checks length, first digits, and check digit (Luhn). */
export function isCard(text: string): boolean {
  const digits = text.replace(/[ -]/g, "")
  if (!/^(?:3[0-9]|4|5[0-9]|6[0-9])\d{11,17}$/.test(digits) || digits.length < 13 || digits.length > 19) return false
  if (/^(\d)\1+$/.test(digits)) return false
  let sum = 0
  for (const [place, digit] of [...digits].reverse().entries()) {
    const value = Number(digit) * (place % 2 === 1 ? 2 : 1)
    sum += value > 9 ? value - 9 : value
  }
  return sum % 10 === 0
}

/** A phone number as people write it: not a date, a decimal number, or a range of years. */
export function isPhone(text: string): boolean {
  const digits = text.replace(/\D/g, "")
  if (digits.length < 8 || digits.length > 15 || /^[01]+$/.test(digits)) return false
  if (/^\d{1,4}[./-]\d{1,2}[./-]\d{1,4}$/.test(text.trim())) return false
  const groups = text.split(/[^\d+]+/).filter(Boolean)
  // Arithmetic and lists of numbers have punctuation between spaces; "0 0 0 0" isn't a phone number.
  if (/ [-/.] |[-/.]{2}|\({2}|\){2}/.test(text) || /^0(?:[ .-]?0){3}/.test(text)) return false
  if (groups.length > 7 || groups.every((group) => group.length <= 1)) return false
  if (text.startsWith("+")) return /^\+[1-9]/.test(text)
  // Without a `+`, a phone number needs an area code and groups; otherwise it could be any number.
  if (text.startsWith("(")) return /^\(\d{2,5}\)[ -]?\d/.test(text)
  return groups.length > 1 && groups.length <= 5
}

/**
 * An address in a private network (RFC 1918, link-local, shared address space): not loopback, which every machine has.
 */
export function isPrivateIpv4(text: string): boolean {
  const [a = 0, b = 0, c = 0, d = 0] = text.split(".").map(Number)
  if ([a, b, c, d].some((part) => part > 255)) return false
  return (
    a === 10 ||
    (a === 192 && b === 168) ||
    (a === 172 && b >= 16 && b < 32) ||
    (a === 169 && b === 254) ||
    (a === 100 && b >= 64 && b < 128)
  )
}

/** Placeholders used instead of a secret. */
const PLACEHOLDER =
  /^(?:your|my|the|some|example|placeholder|changeme|change_me|undefined|null|none|true|false|string|number|required|optional|process\.|os\.|env\.|import\.|self\.|this\.|config|settings|\$|%|<|\*{3}|x{4}|\.{3}|█|-{3})/i

/** Whether a value after `password:` and the like looks made up, rather than being code or an ordinary word. */
export function looksLikeSecret(value: string): boolean {
  const text = value.replace(/[.,!?]+$/, "")
  if (text.length < 6 || PLACEHOLDER.test(text)) return false
  const digit = /\d/.test(text)
  const letter = /\p{L}/u.test(text)
  const mark = /[^\p{L}\p{N}_.-]/u.test(text)
  // `user.password` and the like are code.
  if (/^[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)+$/.test(text)) return false
  return (digit && letter) || (mark && (digit || letter)) || (digit && text.length >= 6)
}
