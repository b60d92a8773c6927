/** Mail addresses of accounts: one form for each, so that two spellings are not two accounts. Safe to import on both sides. */

/** Octets of an address (RFC 5321). */
const MAX_LENGTH = 254

/** No quotes, commas, brackets, spaces or control characters: nothing that a mail header could read as more than one address. */
const ADDRESS =
  /^[^\s@"'`<>()[\],:;\\\p{C}]{1,64}@[^\s@"'`<>()[\],:;\\\p{C}/?#%_]+\.[^\s@"'`<>()[\],:;\\\p{C}/?#%_.]{2,}$/u

/**
 * The address as it is kept: trimmed, in lower case, its domain as the name system has it. What stands before the @ is
 * left as it is otherwise: `a+b@` and `a@` may be two people. Null for what is no address.
 */
export function addressOf(text: string): string | null {
  const trimmed = text.trim().normalize("NFC").toLowerCase()
  if (!ADDRESS.test(trimmed)) return null
  const at = trimmed.lastIndexOf("@")
  const domain = asciiDomain(trimmed.slice(at + 1))
  const address = `${trimmed.slice(0, at)}@${domain}`
  return domain === null || address.length > MAX_LENGTH ? null : address
}

/** `bücher.example` as `xn--bcher-kva.example`; null for what is no domain. */
function asciiDomain(domain: string): string | null {
  if (!URL.canParse(`http://${domain}`)) return null
  const { hostname } = new URL(`http://${domain}`)
  // An address of a machine is no domain.
  return /^[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(hostname) && /[a-z]/.test(hostname.slice(hostname.lastIndexOf(".")))
    ? hostname
    : null
}

/** Whether an address is of one of these domains; of any where there are none. Subdomains are domains of their own. */
export function isOfDomains(address: string, domains: readonly string[]): boolean {
  const own = address.slice(address.lastIndexOf("@") + 1)
  return domains.length === 0 || domains.some((domain) => asciiDomain(domain) === own)
}
