/** Normalizes email addresses of accounts, so that two spellings aren't two accounts. Safe to import on both sides. */

/** Maximum octets of an address (RFC 5321). */
const MAX_LENGTH = 254

/**
 * No quotes, commas, brackets, spaces, or control characters: nothing that a mail header could interpret as several
 * addresses.
 */
const ADDRESS =
  /^[^\s@"'`<>()[\],:;\\\p{C}]{1,64}@[^\s@"'`<>()[\],:;\\\p{C}/?#%_]+\.[^\s@"'`<>()[\],:;\\\p{C}/?#%_.]{2,}$/u

/**
 * The stored form of an address: trimmed, in lowercase, with an ASCII domain. The part before the @ is otherwise
 * unchanged: `a+b@` and `a@` may be two people. Null if it isn't an address.
 */
export function addressOf(text: string): string | null {
  const trimmed = text.trim().normalize("NFC").toLowerCase()
  if (!ADDRESS.test(trimmed)) return null
  const at = trimmed.lastIndexOf("@")
  const domain = asciiDomain(trimmed.slice(at + 1))
  const address = `${trimmed.slice(0, at)}@${domain}`
  return domain === null || address.length > MAX_LENGTH ? null : address
}

/** `bücher.example` as `xn--bcher-kva.example`; null if it isn't a domain. */
function asciiDomain(domain: string): string | null {
  if (!URL.canParse(`http://${domain}`)) return null
  const { hostname } = new URL(`http://${domain}`)
  // An IP address isn't a domain.
  return /^[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(hostname) && /[a-z]/.test(hostname.slice(hostname.lastIndexOf(".")))
    ? hostname
    : null
}

/**
 * Whether an address belongs to one of these domains; true if the list is empty. Subdomains count as different domains.
 */
export function isInDomains(address: string, domains: readonly string[]): boolean {
  const own = address.slice(address.lastIndexOf("@") + 1)
  return domains.length === 0 || domains.some((domain) => asciiDomain(domain) === own)
}
