/** What counts as a likely secret, and what doesn't. The keys are fake. */
import { expect, test } from "vitest"
import { findSecrets } from "@/lib/share/secrets"

const found = (text: string) => findSecrets(text).map(({ kind, text: secret }) => `${kind} ${secret}`)
// Split, so that secret scanners don't report them in this repository.
const made = (...pieces: string[]) => pieces.join("")
const LETTERS = "aB3dE6gH9jK2mN5pQ8rS1tU4vW7xY0zA"

const PEM = ["-----BEGIN RSA PRIVATE KEY-----", "MIIEowIBAAKCAQEA7d", "qk8/+aZ==", "-----END RSA PRIVATE KEY-----"]

test.each([
  ["key", made("sk-", LETTERS)],
  ["key", made("sk-proj-", LETTERS, "_", LETTERS)],
  ["key", made("sk-ant-api03-", LETTERS, "-", LETTERS)],
  ["key", made("fw_", LETTERS.slice(0, 24))],
  ["key", made("gh", "p_", LETTERS, "abcd")],
  ["key", made("github_", "pat_", LETTERS)],
  ["key", made("AK", "IA", "IOSFODNN7EXAMPL2")],
  ["key", made("xo", "xb-123456789012-", LETTERS)],
  ["key", made("AI", "za", LETTERS, "abc")],
  ["key", made("sk_", "live_", LETTERS)],
  ["key", made("gl", "pat-", LETTERS)],
  ["key", made("hf_", LETTERS)],
  [
    "key",
    made("eyJ", "hbGciOiJIUzI1NiJ9", ".eyJ", "zdWIiOiIxMjM0NTY3ODkwIn0", ".", "dozjgNryP4J3jVmNHl0w5N_XgL0n3I9P"),
  ],
  ["key", PEM.join("\n")],
  ["key", PEM.join("\\n")],
  ["email", "anna.smith+work@mail.company.co.uk"],
  ["phone", "+49 170 1234567"],
  ["phone", "+1 (415) 555-2671"],
  ["phone", "0170/1234567"],
  ["phone", "(415) 555-2671"],
  ["phone", "415-555-2671"],
  ["phone", "030 90 18 20-0"],
  ["card", "4111 1111 1111 1111"],
  ["card", "5555555555554444"],
  ["card", "3782-822463-10005"],
  ["address", "192.168.1.20"],
  ["address", "10.0.12.7"],
  ["address", "fd12:3456:789a::1"],
  ["address", "db01.prod.internal"],
  ["address", "printer.local"],
])("%s: %s", (kind, secret) => {
  expect(found(secret)).toEqual([`${kind} ${secret}`])
  expect(found(`Before (${secret}), and after.`)).toEqual([`${kind} ${secret}`])
  expect(found(`\`\`\`sh\nexport X="${secret}"\n\`\`\``)).toEqual([`${kind} ${secret}`])
})

test.each([
  ["password: hunter2!", "password hunter2!"],
  ['"password": "correct-horse-7"', "password correct-horse-7"],
  ["The password is Tr0ub4dor&3", "password Tr0ub4dor&3"],
  ["Das Passwort lautet geheim123", "password geheim123"],
  ["API_KEY=9f8e7d6c5b4a39281706", "password 9f8e7d6c5b4a39281706"],
  ["postgresql://app:s3cret@db.example.com/app", "password s3cret"],
  [`authorization: Bearer ${LETTERS}`, `key ${LETTERS}`],
  ["mailto:anna@firm.de", "email anna@firm.de"],
])("in “%s”: %s", (text, secret) => expect(found(text)).toEqual([secret]))

test.each([
  "Released on 2026-11-29, at 12:30:45, in version 10.2.3.",
  "Between 1914-1918 and 2001-2010; pages 120-135; ISBN 978-3-16-148410-0.",
  "It costs 1,234,567.89 or 0.00012345678 of it; 3.14159265358979.",
  "1234 5678 9012 3456 and 4111 1111 1111 1112 are no cards.",
  "id 550e8400-e29b-41d4-a716-446655440000",
  "sha256 e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
  "127.0.0.1, 0.0.0.0, 8.8.8.8, localhost:3000, ::1",
  "const password = process.env.PASSWORD; const token = getToken(); api_key: string",
  // biome-ignore lint/suspicious/noTemplateCurlyInString: shell syntax
  "password: your_password_here, secret = <secret>, token: ${TOKEN}, pwd = ********",
  "The token is invalid. The secret is simple. Forgot the password? Password required.",
  "git@github.com:owner/repository.git, user@example.com, @mention, a @ b, @types/node@20.1.0",
  "sk-learn and task-oriented-dialogue-systems-for-beginners",
  "-----BEGIN CERTIFICATE-----\nMIIC\n-----END CERTIFICATE-----",
  "file.local.ts is local to internal matters. See lib/local.",
  "0 0 0 0 0 0 0 0 0, 0101 0101 0101, 10 20 30 40 50",
])("nothing in: %s", (text) => expect(found(text)).toEqual([]))

test("matches are in text order and never nested", () => {
  const text = "a@b.de then 192.168.0.1 then a@b.de"
  expect(findSecrets(text).map(({ start, text: secret }) => [start, secret])).toEqual([
    [0, "a@b.de"],
    [12, "192.168.0.1"],
    [29, "a@b.de"],
  ])
  for (const { start, text: secret } of findSecrets(text)) expect(text.slice(start, start + secret.length)).toBe(secret)
})

/** How much longer the longer text takes; repeated rescanning would take eight times eight as long. */
test.each([
  "a",
  "1",
  "1 ",
  "+1",
  "@",
  "a@",
  "a.",
  "1.",
  "sk-",
  "eyJa.",
  "-----BEGIN PRIVATE KEY-----",
  "password=",
  "://a:",
  "0-",
  "(",
  "f",
])("a text of only “%s” is scanned in linear time", (piece) => {
  const timeOf = (length: number) => {
    const text = piece.repeat(Math.ceil(length / piece.length))
    return Math.min(...[0, 1, 2].map(() => spent(() => findSecrets(text))))
  }
  timeOf(20_000)
  expect(timeOf(320_000) / Math.max(1, timeOf(40_000))).toBeLessThan(32)
})

function spent(work: () => unknown): number {
  const before = process.cpuUsage()
  work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1_000
}
