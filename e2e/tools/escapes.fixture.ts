/** Ways in which models' code may try to leave the sandbox. `{server}` is a server that must receive nothing. */

export interface Escape {
  name: string
  language: "javascript" | "python"
  code: string
  /** It must not print this. */
  never?: RegExp
  /** Ends at a time or memory limit, not by itself. */
  ends?: "error" | "late"
  /** Runs alone, because it affects other attempts, or because its value matters. */
  alone?: true
}

const js = (name: string, code: string, more: Partial<Escape> = {}): Escape => ({
  name,
  language: "javascript",
  code,
  ...more,
})
const py = (name: string, code: string, more: Partial<Escape> = {}): Escape => ({
  name,
  language: "python",
  code,
  ...more,
})

/** Prints `ESCAPED` if the object exists. */
const there = (expression: string) =>
  `try { const found = ${expression}; if (found !== undefined) console.log("ESCAPED", String(found)) } catch (error) { console.log("refused", error.message) }`

const inJavascript: Escape[] = [
  js(
    "fetch",
    `try { await fetch("{server}/js-fetch"); console.log("ESCAPED") } catch (error) { console.log(error.name) }`,
  ),
  js("XMLHttpRequest", there(`new XMLHttpRequest()`)),
  js("WebSocket", there(`new WebSocket("{ws}/js-socket")`)),
  js("EventSource", there(`new EventSource("{server}/js-events")`)),
  js("sendBeacon", there(`navigator.sendBeacon("{server}/js-beacon", "x")`)),
  js("WebRTC", there(`new RTCPeerConnection({ iceServers: [{ urls: "stun:127.0.0.1:3478" }] })`)),
  js("WebTransport", there(`new WebTransport("{server}/js-transport")`)),
  js(
    "import of a URL",
    `try { await import("{server}/js-import.js"); console.log("ESCAPED") } catch (error) { console.log(error.name) }`,
  ),
  js(
    "import of a Node.js module",
    `try { await import("node:fs"); console.log("ESCAPED") } catch (error) { console.log(error.name) }`,
  ),
  js("importScripts", there(`importScripts("{server}/js-script.js")`)),
  js("Worker", there(`new Worker("{server}/js-worker.js")`)),
  js("SharedWorker", there(`new SharedWorker("{server}/js-shared.js")`)),
  js("service worker", there(`navigator.serviceWorker.register("{server}/js-service.js")`)),
  js("document", there(`document.cookie`)),
  js("an image", there(`(new Image().src = "{server}/js-image.png")`)),
  js("parent", there(`parent.document`)),
  js("top", there(`top.location.href`)),
  js("opener", there(`opener.location`)),
  js("self and postMessage", there(`postMessage({ type: "done" })`)),
  js("location", there(`(location.href = "{server}/js-location")`)),
  js("localStorage", there(`localStorage.getItem("x")`)),
  js("sessionStorage", there(`sessionStorage.length`)),
  js("indexedDB", there(`indexedDB.open("x")`)),
  js("caches", there(`caches.open("x")`)),
  js("BroadcastChannel", there(`new BroadcastChannel("x")`)),
  js("process", there(`process.env`)),
  js("require", there(`require("fs")`)),
  js(
    "the Function constructor reaches no other global",
    there(
      `(function () {}).constructor("return typeof fetch === 'undefined' && typeof postMessage === 'undefined' ? undefined : 1")()`,
    ),
  ),
  js(
    "a host function's constructor",
    there(`console.log.constructor("return typeof WebAssembly === 'undefined' ? undefined : 1")()`),
  ),
  js("WebAssembly", there(`WebAssembly.Memory`)),
  js("the prelude's print", there(`globalThis.__print`)),
  js(
    "prototypes changed before printing",
    `Object.prototype.toString = () => { throw new Error("x") }; Array.prototype.join = () => "joined otherwise"; Object.prototype.type = "ready"; console.log([1, 2])`,
    { alone: true },
  ),
  js(
    "a result disguised as a message",
    `return JSON.parse('{"__proto__": {"type": "ready"}, "type": "ended", "reason": "late"}')`,
    { alone: true },
  ),
  js("an endless loop", `for (;;) {}`, { ends: "error" }),
  js("an endless chain of promises", `for (;;) await null`, { ends: "error" }),
  js("endless recursion", `const f = () => f() + 1; return f()`, { ends: "error" }),
  js("a memory bomb of arrays", `let n = 0; const all = []; for (;;) all.push([...all, n++, {}])`, { ends: "error" }),
  js("a memory bomb of buffers", `const all = []; for (;;) all.push(new Uint8Array(10000000))`, { ends: "error" }),
  js("a memory bomb of a string", `let text = "x"; for (;;) text += text`, { ends: "error" }),
  js("catastrophic regex backtracking", `return /^(a+)+$/.test("a".repeat(40) + "b")`, { ends: "error" }),
  js("a flood of output", `for (let n = 0; n < 200000; n++) console.log("x".repeat(1000))`, { alone: true }),
  js("a promise that never settles", `await new Promise(() => {})`, { ends: "error" }),
]

const inPython: Escape[] = [
  py(
    "pyfetch",
    `
try:
    from pyodide.http import pyfetch
    await pyfetch("{server}/py-fetch")
    print("ESC" + "APED")
except BaseException as error:
    print(type(error).__name__)`,
  ),
  py(
    "urllib",
    `
try:
    import urllib.request
    urllib.request.urlopen("{server}/py-urllib", timeout=2)
    print("ESC" + "APED")
except BaseException as error:
    print(type(error).__name__)`,
  ),
  py(
    "a socket",
    `
try:
    import socket
    s = socket.create_connection(("127.0.0.1", {port}), timeout=2)
    s.send(b"GET /py-socket HTTP/1.0\\r\\n\\r\\n")
except BaseException as error:
    print(type(error).__name__)`,
  ),
  py(
    "the contents of the js module",
    `
import js
print([name for name in ("fetch", "XMLHttpRequest", "WebSocket", "indexedDB", "importScripts", "postMessage", "document", "self") if hasattr(js, name)])`,
    { never: /fetch|XML|Socket|indexedDB|importScripts|postMessage|document|self/ },
  ),
  py(
    "eval of JavaScript",
    `
try:
    from pyodide.code import run_js
    run_js("fetch('{server}/py-eval')")
except BaseException as error:
    print(type(error).__name__)`,
  ),
  py(
    "the constructor of a JavaScript function",
    `
try:
    import js
    js.setTimeout.constructor("return fetch('{server}/py-constructor')")()
except BaseException as error:
    print(type(error).__name__)`,
  ),
  py(
    "pyodide_js reaches no network",
    `
try:
    import pyodide_js
    await pyodide_js.loadPackage("{server}/py-package.whl")
except BaseException as error:
    print(type(error).__name__)`,
  ),
  py(
    "micropip",
    `
try:
    import micropip
    await micropip.install("{server}/py-micropip-1.0-py3-none-any.whl")
except BaseException as error:
    print(type(error).__name__)`,
  ),
  py(
    "a process",
    `
import os, subprocess
for attempt in (lambda: os.system("id"), lambda: subprocess.run(["id"]), lambda: os.fork()):
    try:
        print(attempt())
    except BaseException as error:
        print(type(error).__name__)`,
    { never: /uid=/ },
  ),
  py(
    "local files",
    `
try:
    print(open("/etc/passwd").read())
except BaseException as error:
    print(type(error).__name__)`,
    { never: /root:/ },
  ),
  py(
    "a memory bomb",
    `
all = []
while True:
    all.append(bytearray(50_000_000))`,
    { ends: "error" },
  ),
]

export const ESCAPES: Escape[] = [...inJavascript, ...inPython]
