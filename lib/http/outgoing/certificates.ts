/** Whose certificates are believed: what Node.js believes, and those of `CA_FILE`. */
import { X509Certificate } from "node:crypto"
import { readFileSync } from "node:fs"
import tls from "node:tls"
import { ConfigError, config } from "@/lib/config"
import { singleton } from "@/lib/singleton"

const ONE = /-----BEGIN (?:TRUSTED )?CERTIFICATE-----[\s\S]+?-----END (?:TRUSTED )?CERTIFICATE-----/g

/** The certificates of a file in PEM. Throws `ConfigError` for one that can't be read, or that holds none. */
export function certificatesIn(file: string): string[] {
  let found: string[]
  try {
    found = readFileSync(/* turbopackIgnore: true */ file, "utf8").match(ONE) ?? []
    for (const each of found) new X509Certificate(each)
  } catch (cause) {
    throw new ConfigError(`CA_FILE is wrong (${file} can't be read: ${String(cause)}).`)
  }
  if (found.length === 0) throw new ConfigError(`CA_FILE is wrong (${file} holds no certificate in PEM form).`)
  return found
}

/**
 * For connections of our own: undefined where Node's own trust is all. Made once for a file, since reading a hundred
 * certificates for each connection would cost milliseconds.
 */
export function trust(): tls.SecureContext | undefined {
  const { caFile } = config()
  if (caFile === undefined) return undefined
  const made = singleton("trustedCertificates", () => new Map<string, tls.SecureContext>())
  const kept = made.get(caFile)
  if (kept) return kept
  const context = tls.createSecureContext({ ca: [...defaults(), ...certificatesIn(caFile)] })
  made.set(caFile, context)
  return context
}

/** What Node.js believes by itself, `NODE_EXTRA_CA_CERTS` included, which an own list would replace. */
function defaults(): string[] {
  // Since Node.js 22.15; before, the extra ones are not told.
  if (typeof tls.getCACertificates === "function") return tls.getCACertificates("default")
  const extra = process.env.NODE_EXTRA_CA_CERTS
  return [...tls.rootCertificates, ...(extra ? readableIn(extra) : [])]
}

/** Node.js warns of a file that it can't read, and goes on. */
function readableIn(file: string): string[] {
  try {
    return certificatesIn(file)
  } catch {
    return []
  }
}
