/** Trusted certificates: those of Node.js, and those of `CA_FILE`. */
import { X509Certificate } from "node:crypto"
import { readFileSync } from "node:fs"
import tls from "node:tls"
import { ConfigError, config } from "@/lib/config"
import { singleton } from "@/lib/singleton"

const ONE = /-----BEGIN (?:TRUSTED )?CERTIFICATE-----[\s\S]+?-----END (?:TRUSTED )?CERTIFICATE-----/g

/** The certificates in a PEM file. Throws `ConfigError` if it can't be read, or contains none. */
export function certificatesIn(file: string): string[] {
  let found: string[]
  try {
    found = readFileSync(/* turbopackIgnore: true */ file, "utf8").match(ONE) ?? []
    for (const each of found) new X509Certificate(each)
  } catch (cause) {
    throw new ConfigError(`CA_FILE is wrong (${file} can't be read: ${String(cause)}).`)
  }
  if (found.length === 0) throw new ConfigError(`CA_FILE is wrong (${file} contains no PEM certificate).`)
  return found
}

/**
 * For outgoing connections: undefined if Node's defaults are enough. Cached per file, because parsing a hundred
 * certificates per connection would take milliseconds.
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

/** Node's default certificates, including `NODE_EXTRA_CA_CERTS`, which a custom list would replace. */
function defaults(): string[] {
  // Since Node.js 22.15; older versions don't expose the extra ones.
  if (typeof tls.getCACertificates === "function") return tls.getCACertificates("default")
  const extra = process.env.NODE_EXTRA_CA_CERTS
  return [...tls.rootCertificates, ...(extra ? readableIn(extra) : [])]
}

/** Node.js warns about an unreadable file and continues. */
function readableIn(file: string): string[] {
  try {
    return certificatesIn(file)
  } catch {
    return []
  }
}
