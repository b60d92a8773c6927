import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import path from "node:path"
import { afterEach, expect, test, vi } from "vitest"
import { ConfigError, readConfig } from "@/lib/config"

afterEach(() => {
  vi.unstubAllEnvs()
  vi.resetModules()
})

test("without settings, the defaults suit a laptop", () => {
  const read = readConfig({})
  expect(read.baseUrl).toBe("https://api.fireworks.ai/inference/v1")
  expect(read.dataDir).toBe(path.resolve("data"))
  expect(read.databaseUrl).toBe(`file:${path.resolve("data/sparkler.db")}`)
  expect(read.operator.guests).toBe(true)
  expect(read.limits.imageBytes).toBe(20_000_000)
})

test.each([
  [{}, "https://api.fireworks.ai/v1"],
  [{ FIREWORKS_BASE_URL: "https://us.api.fireworks.ai/inference/v1/" }, "https://us.api.fireworks.ai/v1"],
  [{ FIREWORKS_BASE_URL: "http://127.0.0.1:9/inference/v1" }, "http://127.0.0.1:9/v1"],
  [{ FIREWORKS_BASE_URL: "http://127.0.0.1:11434/v1" }, null],
  [{ FIREWORKS_ACCOUNT_URL: "http://127.0.0.1:9/account/" }, "http://127.0.0.1:9/account"],
])("the account API of %o is at %s", (env, expected) => {
  expect(readConfig(env).accountUrl).toBe(expected)
})

test.each([
  [{}, "http://localhost:3000"],
  [{ HOST: "0.0.0.0", PORT: "8080" }, "http://localhost:8080"],
  [{ HOST: "192.168.1.5" }, "http://192.168.1.5:3000"],
  [{ HOST: "fd00::5" }, "http://[fd00::5]:3000"],
  [{ APP_URL: "https://chat.example.com/" }, "https://chat.example.com"],
])("with %o the page URL is %s", (env, expected) => {
  expect(readConfig(env).address).toBe(expected)
})

test("an empty setting counts as unset", () => {
  expect(readConfig({ FIREWORKS_API_KEY: "", FIREWORKS_BASE_URL: " ", PORT: "", ALLOW_GUESTS: "" })).toEqual(
    readConfig({}),
  )
})

test.each([
  ["FIREWORKS_BASE_URL", "ftp://x", "http or https"],
  ["FIREWORKS_BASE_URL", "not an address", "http or https"],
  ["DATABASE_URL", "mysql://x", "postgresql://"],
  ["AUTH_SECRET", "short", "at least 32 characters"],
  ["ALLOW_GUESTS", "maybe", "true, false"],
  ["PORT", "70000", "from 0 to 65535"],
  ["REDIS_URL", "http://127.0.0.1:6379", "rediss://"],
  ["REDIS_URL", "redis://127.0.0.1/name", "rediss://"],
  ["REDIS_URL", "redis://:50%off@127.0.0.1", "as %25"],
  ["REDIS_URL", "redis://127.0.0.1", "DATABASE_URL=postgresql://"],
  ["REDIS_PREFIX", "a b", "without spaces"],
  ["WORKERS", "0", "auto"],
  ["WORKERS", "257", "auto"],
  ["WORKERS", "2", "only one process can use a SQLite file"],
  ["WORKERS", "auto", "REDIS_URL"],
  ["ADMIN_EMAIL", "boss", "an email address"],
  ["OIDC_ISSUER", "login.example.com", "http or https"],
  ["SMTP_URL", "https://mail.example.com", "smtp://"],
  ["MAIL_FROM", "a@example.com, b@example.com", "chat@example.com"],
  ["ALLOWED_MAIL_DOMAINS", "example.com, a b@c", "mail domains"],
  ["QUOTA_MEMBER_USD_PER_MONTH", "much", "US dollars"],
  ["MESSAGES_PER_MINUTE", "0", "from 1 to 1000000"],
  ["MAX_IMAGE_MB", "many", "from 1 to 200"],
])("%s=%s stops the start with its name and the allowed values", (name, value, allowed) => {
  expect(() => readConfig({ [name]: value })).toThrow(ConfigError)
  expect(() => readConfig({ [name]: value })).toThrow(new RegExp(`${name}.*${allowed}`))
})

test("quotas are unlimited unless set, and email domains are normalized", () => {
  expect(readConfig({}).operator.guestQuotas).toEqual({ answersPerDay: null, spendPerMonthUsd: null, storageMb: null })
  const { operator } = readConfig({
    ...{ QUOTA_GUEST_ANSWERS_PER_DAY: "0", QUOTA_MEMBER_USD_PER_MONTH: "2.5", QUOTA_MEMBER_STORAGE_MB: " " },
    ALLOWED_MAIL_DOMAINS: "@Example.com, example.org",
  })
  expect(operator.guestQuotas.answersPerDay).toBe(0)
  expect(operator.memberQuotas).toEqual({ answersPerDay: null, spendPerMonthUsd: 2.5, storageMb: null })
  expect(operator.mailDomains).toEqual(["example.com", "example.org"])
})

test("settings that belong together must be all set, or none", () => {
  expect(readConfig({}).accounts).toEqual({ adminEmail: null, github: null, google: null, oidc: null, mail: null })
  expect(() => readConfig({ GITHUB_ID: "x" })).toThrow(/GITHUB_SECRET is missing/)
  expect(() => readConfig({ OIDC_ISSUER: "https://login.example.com" })).toThrow(/OIDC_ID and OIDC_SECRET are missing/)
  expect(() => readConfig({ SMTP_URL: "smtp://127.0.0.1:25" })).toThrow(/MAIL_FROM is missing/)
  const oidc = { OIDC_ISSUER: "https://login.example.com/", OIDC_ID: "a", OIDC_SECRET: "b" }
  expect(readConfig(oidc).accounts.oidc).toMatchObject({
    issuer: "https://login.example.com",
    name: "login.example.com",
  })
})

test("all invalid settings are reported at once", () => {
  expect(() => readConfig({ PORT: "x", ALLOW_GUESTS: "x" })).toThrow(/PORT.*\n?.*ALLOW_GUESTS|ALLOW_GUESTS.*\n?.*PORT/s)
})

test("the secret is generated once and stored in the data folder", async () => {
  const dataDir = mkdtempSync(path.join(tmpdir(), "sparkler-config-"))
  vi.stubEnv("DATA_DIR", dataDir)
  const first = (await import("@/lib/config")).config().authSecret
  vi.resetModules()
  const second = (await import("@/lib/config")).config().authSecret
  rmSync(dataDir, { recursive: true })
  expect(first.length).toBeGreaterThanOrEqual(32)
  expect(second).toBe(first)
})

test("S3 settings must be complete or absent, with clear errors", () => {
  const s3 = {
    ...{ S3_ENDPOINT: "https://s3.example.com/", S3_BUCKET: "files", S3_PREFIX: "team/sparkler" },
    ...{ S3_ACCESS_KEY_ID: "id", S3_SECRET_ACCESS_KEY: "secret" },
  }
  expect(readConfig({}).store.s3).toBeNull()
  expect(readConfig(s3).store.s3).toEqual({
    ...{ endpoint: "https://s3.example.com", bucket: "files", region: "us-east-1", prefix: "team/sparkler/" },
    ...{ accessKeyId: "id", secretAccessKey: "secret", pathStyle: true, signedLinks: false },
  })
  expect(() => readConfig({ ...s3, S3_SECRET_ACCESS_KEY: "" })).toThrow("S3_SECRET_ACCESS_KEY is missing")
  expect(() => readConfig({ ...s3, S3_BUCKET: "No Bucket" })).toThrow("S3_BUCKET is wrong")
  expect(() => readConfig({ ...s3, S3_PREFIX: "../up" })).toThrow("S3_PREFIX is wrong")
  expect(() => readConfig({ ...s3, S3_PREFIX: "/abs" })).toThrow("S3_PREFIX is wrong")
})

test("several processes require Redis, whose password is never displayed", () => {
  const several = {
    DATABASE_URL: "postgresql://127.0.0.1/sparkler",
    REDIS_URL: "rediss://:p%40ss@redis.example:6380/3",
  }
  expect(readConfig({ ...several, WORKERS: "4" }).redis).toEqual({ url: several.REDIS_URL, prefix: "sparkler:" })
  expect(readConfig({ ...several, REDIS_PREFIX: "team-a:" }).redis?.prefix).toBe("team-a:")
  expect(readConfig({ DATABASE_URL: several.DATABASE_URL }).redis).toBeNull()
  expect(() => readConfig({ DATABASE_URL: several.DATABASE_URL, WORKERS: "2" })).toThrow(
    /^WORKERS is wrong \(multiple processes need DATABASE_URL=postgresql:\/\/… and REDIS_URL\)/,
  )
})
