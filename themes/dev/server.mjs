import { readFileSync } from "node:fs";
import { createServer, request as httpRequest } from "node:http";
import { languageFor } from "../build/messages.mjs";

const FILE = /\/resources\/[^/]+\/(account|admin)\/[^/]+\/api-tokens\/([^/]+)$/;
const TEXTS = /\/resources\/[^/]+\/(account|admin)\/([^/]+)$/;
const CLIENT = "/api-tokens-dev/client.js";
const CHANGES = "/api-tokens-dev/changes";

const MEDIA_TYPES = { js: "text/javascript", css: "text/css" };

/**
 * A server in front of Keycloak that serves the pages' files and texts itself; changed() notifies the browsers of newer
 * ones. Keycloak derives its URL from the Host header, which is passed on unchanged, so that the consoles and sign-ins
 * stay at this server's URL.
 *
 * @param {string} keycloak Keycloak's URL
 * @param {{ file(type: string, name: string): Promise<string | undefined>, texts(type: string, language: string): Record<string, string> }} pages
 */
export function devServer(keycloak, pages) {
  const listeners = new Set();
  // Also sent to a browser that reconnects: it may have missed a change.
  let version = Date.now();

  const server = createServer((request, response) => {
    const path = pathOf(request);
    if (path === CHANGES) {
      listen(response);
      return;
    }
    if (path === CLIENT) {
      answer(response, MEDIA_TYPES.js, readFileSync(new URL("client.js", import.meta.url), "utf8"));
      return;
    }
    if (FILE.test(path)) {
      ourFile(request, response).catch((problem) => refuse(response, 500, problem.message));
    } else if (TEXTS.test(path)) {
      ourTexts(request, response).catch((problem) => refuse(response, 502, noKeycloak(problem)));
    } else {
      pass(request, response);
    }
  });

  function listen(response) {
    response.writeHead(200, { "Content-Type": "text/event-stream", "Cache-Control": "no-store" });
    response.write(`retry: 500\ndata: ${version}\n\n`);
    listeners.add(response);
    response.on("close", () => listeners.delete(response));
  }

  async function ourFile(request, response) {
    const [, type, name] = FILE.exec(pathOf(request));
    const file = await pages.file(type, name);
    if (file === undefined) {
      pass(request, response);
    } else {
      answer(response, MEDIA_TYPES[name.split(".").pop()], file);
    }
  }

  /** Keycloak's texts, overridden by ours, including those that the realm has set under Localization. */
  async function ourTexts(request, response) {
    const [, type, locale] = TEXTS.exec(pathOf(request));
    const theirs = await (await fetch(new URL(keycloak).origin + request.url)).json();
    const texts = new Map(theirs.map(({ key, value }) => [key, value]));
    for (const [key, value] of Object.entries(pages.texts(type, languageFor(locale)))) {
      texts.set(key, value);
    }
    answer(response, "application/json", JSON.stringify([...texts].map(([key, value]) => ({ key, value }))));
  }

  function pass(request, response) {
    const { hostname, port } = new URL(keycloak);
    const { method, url, headers } = request;
    const onward = httpRequest({ hostname, port, method, path: url, headers }, (answered) => {
      response.writeHead(answered.statusCode, answered.headers);
      answered.pipe(response);
    });
    onward.on("error", (problem) => refuse(response, 502, noKeycloak(problem)));
    response.on("close", () => onward.destroy());
    request.pipe(onward);
  }

  function noKeycloak({ message }) {
    return `Keycloak does not answer at ${keycloak}. Is ./mvnw -Pdemo running?\n\n${message}\n`;
  }

  server.changed = () => {
    version++;
    for (const listener of listeners) {
      listener.write(`data: ${version}\n\n`);
    }
  };
  return server;
}

function answer(response, mediaType, text) {
  response.writeHead(200, { "Content-Type": `${mediaType}; charset=utf-8`, "Cache-Control": "no-store" });
  response.end(text);
}

function refuse(response, status, reason) {
  if (response.headersSent) {
    response.destroy();
  } else {
    response.writeHead(status, { "Content-Type": "text/plain; charset=utf-8" });
    response.end(reason);
  }
}

function pathOf(request) {
  return request.url.split("?")[0];
}
