import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, before, describe, test } from "node:test";
import { hotFiles } from "../../dev/hot.mjs";
import { devServer } from "../../dev/server.mjs";

const OURS = "/resources/abc/account/api-tokens-1.0/api-tokens";

const received = [];
const keycloak = createServer((request, response) => {
  const chunks = [];
  request.on("data", (chunk) => chunks.push(chunk));
  request.on("end", () => {
    const { method, url, headers } = request;
    received.push({ method, url, headers, body: Buffer.concat(chunks).toString() });
    if (url.startsWith("/resources/r/")) {
      response.end('[{"key":"signOut","value":"Sign out"},{"key":"apiTokens","value":"as built"}]');
    } else {
      response.writeHead(303, { Location: `http://${headers.host}/there`, "Set-Cookie": ["a=1", "b=2"] });
      response.end("Keycloak's");
    }
  });
});

const pages = {
  async file(type, name) {
    if (type === "admin") {
      throw new Error("The script has a mistake in line 1");
    }
    return name === "account.js" ? "our script" : undefined;
  },
  texts: (type, language) => ({ apiTokens: `${type} in ${language}` }),
};

let server;
let url;
before(async () => {
  const keycloakPort = await listen(keycloak);
  server = devServer(`http://localhost:${keycloakPort}`, pages);
  url = `http://localhost:${await listen(server)}`;
});
after(() => {
  for (const each of [server, keycloak]) {
    each.closeAllConnections();
    each.close();
  }
});

function listen(httpServer) {
  return new Promise((resolve) => {
    httpServer.listen(0, "localhost", () => resolve(httpServer.address().port));
  });
}

describe("the development server", () => {
  test("passes a request on as it is, so that Keycloak finds itself at this address", async () => {
    const response = await fetch(`${url}/realms/r/x?a=b&c=%2F`, {
      method: "POST",
      body: "hello",
      headers: { Cookie: "session=1" },
      redirect: "manual",
    });
    const { method, url: path, headers, body } = received.at(-1);
    assert.deepEqual([method, path, body, headers.cookie], ["POST", "/realms/r/x?a=b&c=%2F", "hello", "session=1"]);
    assert.equal(response.status, 303);
    assert.equal(response.headers.get("Location"), `${url}/there`);
    assert.deepEqual(response.headers.getSetCookie(), ["a=1", "b=2"]);
    assert.equal(await response.text(), "Keycloak's");
  });

  test("answers for our files itself, in any version and theme, and lets no browser keep them", async () => {
    for (const path of [OURS, "/auth/resources/x1/account/acme/api-tokens"]) {
      const response = await fetch(`${url}${path}/account.js?1`);
      assert.equal(await response.text(), "our script");
      assert.equal(response.headers.get("Cache-Control"), "no-store");
      assert.match(response.headers.get("Content-Type"), /^text\/javascript/);
    }
  });

  test("tells the browser what is wrong with a file of ours", async () => {
    const response = await fetch(`${url}${OURS.replace("account", "admin")}/admin.js`);
    assert.equal(response.status, 500);
    assert.match(await response.text(), /mistake in line 1/);
  });

  test("leaves all other files to Keycloak", async () => {
    for (const path of [`${OURS}/other.js`, "/resources/abc/account/api-tokens-1.0/content.json"]) {
      await fetch(url + path, { redirect: "manual" });
      assert.equal(received.at(-1).url, path);
    }
  });

  const languages = [
    ["en", "en"],
    ["de", "de"],
    ["de-AT", "de"],
    ["ar", "en"],
  ];
  for (const [locale, ours] of languages) {
    test(`lays our texts in "${ours}" over Keycloak's in "${locale}"`, async () => {
      assert.deepEqual(await (await fetch(`${url}/resources/r/admin/${locale}`)).json(), [
        { key: "signOut", value: "Sign out" },
        { key: "apiTokens", value: `admin in ${ours}` },
      ]);
      assert.equal(received.at(-1).url, `/resources/r/admin/${locale}`);
    });
  }

  test("tells a browser which version there is, and when there is another", async () => {
    const { body } = await fetch(`${url}/api-tokens-dev/changes`);
    const events = body.pipeThrough(new TextDecoderStream()).getReader();
    const next = async () => /data: (\d+)/.exec((await events.read()).value)?.[1];
    const first = await next();
    server.changed();
    const second = await next();
    await events.cancel();
    assert.ok(Number(second) > Number(first), `${first}, then ${second}`);
  });

  test("says what to do where Keycloak does not answer", async () => {
    const alone = devServer("http://localhost:1", pages);
    const port = await listen(alone);
    for (const path of ["/realms/r/account", "/resources/r/account/en"]) {
      const response = await fetch(`http://localhost:${port}${path}`);
      assert.equal(response.status, 502);
      assert.match(await response.text(), /http:\/\/localhost:1\. Is \.\/mvnw -Pdemo running\?/);
    }
    alone.closeAllConnections();
    alone.close();
  });
});

test("the admin page's bundle runs again and again, each time with an element of its own", async () => {
  const bundle = `customElements.get("qh-api-tokens") || customElements.define("qh-api-tokens", class {});\n`;
  const files = hotFiles.admin({ "admin.js": bundle, "console.js": "" });
  const { run } = await import(`data:text/javascript,${encodeURIComponent(files["admin.bundle.js"])}`);
  const defined = [];
  const registry = { get() {}, define: (_name, element) => defined.push(element) };
  run(registry);
  run(registry);
  assert.equal(new Set(defined).size, 2);
});
