/** Generates a certificate authority and a certificate issued by it: X.509 in DER (RFC 5280), for tests. */
import { generateKeyPairSync, type KeyObject, randomBytes, sign } from "node:crypto"

const piece = (tag: number, ...content: Buffer[]): Buffer => {
  const body = Buffer.concat(content)
  const { length } = body
  const head =
    length < 128 ? [tag, length] : length < 256 ? [tag, 0x81, length] : [tag, 0x82, length >> 8, length & 255]
  return Buffer.concat([Buffer.from(head), body])
}
const sequence = (...content: Buffer[]) => piece(0x30, ...content)
const oid = (hex: string) => piece(0x06, Buffer.from(hex, "hex"))
const TRUE = piece(0x01, Buffer.from([255]))
const whole = (value: Buffer) => piece(0x02, value)

const COMMON_NAME = oid("550403")
const BASIC_CONSTRAINTS = oid("551d13")
const SUBJECT_ALT_NAME = oid("551d11")
const ECDSA_WITH_SHA256 = sequence(oid("2a8648ce3d040302"))

const nameOf = (text: string) => sequence(piece(0x31, sequence(COMMON_NAME, piece(0x0c, Buffer.from(text)))))
const time = (date: Date) => piece(0x18, Buffer.from(`${date.toISOString().replace(/[-:T]/g, "").slice(0, 14)}Z`))
const DAY_MS = 86_400_000

const pem = (der: Buffer) => {
  const lines = der.toString("base64").match(/.{1,64}/g) ?? []
  return ["-----BEGIN CERTIFICATE-----", ...lines, "-----END CERTIFICATE-----", ""].join("\n")
}

function certificate(
  subject: string,
  issuer: string,
  publicKey: KeyObject,
  signer: KeyObject,
  extension: Buffer,
): string {
  const body = sequence(
    piece(0xa0, whole(Buffer.from([2]))),
    whole(Buffer.concat([Buffer.from([1]), randomBytes(8)])),
    ECDSA_WITH_SHA256,
    nameOf(issuer),
    sequence(time(new Date(Date.now() - DAY_MS)), time(new Date(Date.now() + DAY_MS))),
    nameOf(subject),
    publicKey.export({ type: "spki", format: "der" }),
    piece(0xa3, sequence(extension)),
  )
  const signature = piece(0x03, Buffer.from([0]), sign("sha256", body, signer))
  return pem(sequence(body, ECDSA_WITH_SHA256, signature))
}

const keys = () => generateKeyPairSync("ec", { namedCurve: "P-256" })

/** A CA certificate, and the key and certificate of a server with these names, all PEM. */
export function makeCertificates(hosts: string[]): { authority: string; cert: string; key: string } {
  const own = keys()
  const server = keys()
  const isAuthority = sequence(BASIC_CONSTRAINTS, TRUE, piece(0x04, sequence(TRUE)))
  const names = sequence(...hosts.map((host) => piece(0x82, Buffer.from(host))))
  const key = server.privateKey.export({ type: "pkcs8", format: "pem" }).toString()
  return {
    authority: certificate("Test company", "Test company", own.publicKey, own.privateKey, isAuthority),
    cert: certificate(
      hosts[0] ?? "",
      "Test company",
      server.publicKey,
      own.privateKey,
      sequence(SUBJECT_ALT_NAME, piece(0x04, names)),
    ),
    key,
  }
}
