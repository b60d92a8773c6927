/** The identity that an issuer reports. */
import { afterEach, expect, test } from "vitest"
import { config } from "@/lib/config"
import { issuers } from "@/lib/issuers/issuers"

afterEach(() => {
  Object.assign(config().accounts, { oidc: null, google: null })
})

async function subjectOf(id: string, sub: string): Promise<string> {
  const issuer = issuers().find((one) => one.id === id)
  const user = await issuer?.profile?.({ sub, email: "ada@example.com", email_verified: true }, {})
  return user?.profile?.subject ?? ""
}

test("the same subject at two issuers is two different users", async () => {
  const client = { id: "sparkler", secret: "s", name: "Work" }
  const at = (issuer: string) => {
    config().accounts.oidc = { ...client, issuer }
    return subjectOf("oidc", "1")
  }
  const first = await at("https://one.example.com")
  expect(await at("https://two.example.com")).not.toBe(first)
  expect(await at("https://one.example.com")).toBe(first)
})

test("a missing or oversized subject is rejected", async () => {
  config().accounts.google = { id: "sparkler", secret: "s" }
  expect(await subjectOf("google", "42")).toBe("42")
  await expect(subjectOf("google", "")).rejects.toThrow("identify the user")
  await expect(subjectOf("google", "x".repeat(300))).rejects.toThrow("identify the user")
})
