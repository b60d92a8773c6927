/** If Sparkler has no key, people with a personal key chat with theirs, and the others with the demo model. */
import { v7 as uuidv7 } from "uuid"
import { afterAll, beforeAll, expect, test } from "vitest"
import { config } from "@/lib/config"
import { storeOwnKey } from "@/lib/db/people/own-keys"
import { type TestDatabase, withTestDb } from "@/lib/db/testing"
import { type DemoServer, startDemoServer } from "@/lib/demo/demo-server"
import { modelOf, modelsOfPayer, PURPOSE } from "@/lib/own-key/payer"
import { seal } from "@/lib/seal"

const OWN = "fw_OwnKeyOfAPerson12345678"
const MODEL = "accounts/fireworks/models/kimi-k3"
let server: DemoServer
let testDb: TestDatabase
beforeAll(async () => {
  server = await startDemoServer({ testMode: true, apiKey: OWN, models: [{ id: MODEL }] })
  Object.assign(process.env, { FIREWORKS_API_KEY: "", FIREWORKS_BASE_URL: server.url, ALLOW_OWN_KEYS: "true" })
  process.env.OLLAMA_URL = "http://127.0.0.1:9"
  testDb = await withTestDb()
})
afterAll(async () => {
  await server.close()
  await testDb.close()
})

test("the payer's key decides which models are available", async () => {
  const [with_, without] = [uuidv7(), uuidv7()]
  await testDb.database.user.createMany({ data: [{ id: with_ }, { id: without }] })
  await storeOwnKey(with_, { sealed: seal(OWN, config().authSecret, PURPOSE), lastFour: "5678" })
  expect((await modelsOfPayer(without)).notice.kind).toBe("demo")
  const own = await modelsOfPayer(with_)
  expect([own.notice.kind, own.ownKey]).toEqual(["fireworks", "used"])
  expect(own.models.map(({ id }) => id)).toContain(MODEL)
  expect((await modelOf(with_, MODEL)).upstream).toBe("fireworks")
  await expect(modelOf(without, MODEL)).rejects.toMatchObject({ code: "model:unknown" })
})
