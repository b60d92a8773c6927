import { describe, expect, test } from "vitest"
import { ConfigError, readConfig } from "@/lib/config"
import { proxyFor } from "@/lib/proxy"

const PROXY = "http://proxy.corp:3128"
const proxied = (url: string, env: Record<string, string>) =>
  proxyFor(new URL(url), readConfig({ HTTPS_PROXY: PROXY, HTTP_PROXY: PROXY, ...env }).proxies) !== null

describe("proxied addresses", () => {
  test.each<[noProxy: string, url: string, proxied: boolean]>([
    ["", "https://api.fireworks.ai/v1", true],
    ["*", "https://api.fireworks.ai/v1", false],
    ["fireworks.ai", "https://api.fireworks.ai/v1", false],
    ["fireworks.ai", "https://fireworks.ai/v1", false],
    ["fireworks.ai", "https://notfireworks.ai/v1", true],
    ["fireworks.ai", "https://fireworks.ai.evil.example/v1", true],
    [".fireworks.ai", "https://api.fireworks.ai/v1", false],
    [".fireworks.ai", "https://fireworks.ai/v1", true],
    ["*.fireworks.ai", "https://api.fireworks.ai/v1", false],
    ["*.fireworks.ai", "https://fireworks.ai/v1", true],
    ["FIREWORKS.ai", "https://API.fireworks.AI./v1", false],
    ["fireworks.ai.", "https://fireworks.ai/v1", false],
    ["fireworks.ai:443", "https://fireworks.ai/v1", false],
    ["fireworks.ai:80", "https://fireworks.ai/v1", true],
    ["fireworks.ai:80", "http://fireworks.ai/v1", false],
    ["fireworks.ai:8443", "https://fireworks.ai:8443/v1", false],
    ["other.example, fireworks.ai", "https://fireworks.ai/v1", false],
    ["other.example fireworks.ai", "https://fireworks.ai/v1", false],
    ["other.example", "https://fireworks.ai/v1", true],
    ["192.168.1.7", "http://192.168.1.7:8000/v1", false],
    ["192.168.1.7:8000", "http://192.168.1.7:8000/v1", false],
    ["192.168.1.7:8001", "http://192.168.1.7:8000/v1", true],
    ["192.168.1.7", "http://192.168.1.70/v1", true],
    ["10.0.0.0/8", "http://10.20.30.40/v1", false],
    ["10.0.0.0/8", "http://11.20.30.40/v1", true],
    ["10.0.0.0/8", "http://ten.example/v1", true],
    ["10.0.0.0/", "http://11.0.0.1/v1", true],
    ["fd00::/8", "http://[fd12::1]/v1", false],
    ["[fd12::1]", "http://[fd12::1]/v1", false],
    ["fd12::1", "http://[fd12:0::1]/v1", false],
    ["[fd12::1]:8000", "http://[fd12::1]:8000/v1", false],
    ["[fd12::1]:8000", "http://[fd12::1]:8001/v1", true],
    ["", "http://127.0.0.1:11434/v1", false],
    ["", "http://127.1.2.3/v1", false],
    ["", "http://localhost:11434/v1", false],
    ["", "http://model.localhost/v1", false],
    ["", "http://[::1]:11434/v1", false],
    ["", "http://localhost.example/v1", true],
    ["<-loopback>", "http://localhost:11434/v1", true],
    ["<-loopback>,localhost", "http://localhost:11434/v1", false],
  ])("NO_PROXY=%s: %s → %s", (NO_PROXY, url, expected) => {
    expect(proxied(url, { NO_PROXY })).toBe(expected)
  })

  test("each protocol has its own proxy", () => {
    const { proxies } = readConfig({ HTTPS_PROXY: "http://a:1", HTTP_PROXY: "https://b:2" })
    expect(proxyFor(new URL("https://x.example"), proxies)).toBe("http://a:1/")
    expect(proxyFor(new URL("http://x.example"), proxies)).toBe("https://b:2/")
    expect(proxyFor(new URL("http://x.example"), readConfig({ HTTPS_PROXY: "http://a:1" }).proxies)).toBeNull()
  })

  test("lowercase variables take precedence, and both are read", () => {
    expect(readConfig({ HTTPS_PROXY: "http://a:1", https_proxy: "http://b:1" }).proxies.https).toBe("http://b:1/")
    expect(proxied("https://x.example", { no_proxy: "x.example", NO_PROXY: "y.example" })).toBe(false)
    expect(proxied("https://x.example", { no_proxy: "", NO_PROXY: "x.example" })).toBe(false)
  })
})

test("a proxy without a scheme uses http", () => {
  expect(readConfig({ HTTPS_PROXY: "proxy.corp:3128" }).proxies.https).toBe("http://proxy.corp:3128/")
})

test.each(["socks5://proxy:1080", "http://proxy:3128/path", "http://", "http://us%er:%zz@proxy:3128"])(
  "startup fails with HTTPS_PROXY=%s",
  (HTTPS_PROXY) => {
    expect(() => readConfig({ HTTPS_PROXY })).toThrow(ConfigError)
    expect(() => readConfig({ HTTPS_PROXY })).toThrow(/HTTPS_PROXY.*http:\/\/HOST:PORT/)
  },
)
