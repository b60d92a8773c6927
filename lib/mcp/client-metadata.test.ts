import { expect, test } from "vitest"
import { GET } from "@/app/client-metadata.json/route"
import { config } from "@/lib/config"

const servedAt = (address: string) => {
  const { address: before } = config()
  Object.assign(config(), { address })
  try {
    return GET()
  } finally {
    Object.assign(config(), { address: before })
  }
}

test("an issuer can read Sparkler's client metadata at the URL that is its client id", async () => {
  expect(await servedAt("https://sparkler.example.org").json()).toEqual({
    client_id: "https://sparkler.example.org/client-metadata.json",
    client_name: "Sparkler",
    client_uri: "https://sparkler.example.org",
    redirect_uris: ["https://sparkler.example.org/api/mcp/callback"],
    grant_types: ["authorization_code", "refresh_token"],
    response_types: ["code"],
    token_endpoint_auth_method: "none",
  })
})

test.each(["http://sparkler.example.org", "https://localhost:3000", "https://10.0.0.5", "https://[::1]:3000"])(
  "at %s no issuer could read it, so it is not served",
  (address) => expect(servedAt(address).status).toBe(404),
)
