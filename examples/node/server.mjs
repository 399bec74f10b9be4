// Test cases, kept in memory, at /api/v1/cases.
import { createServer } from 'node:http';
import { json } from 'node:stream/consumers';
import { guard } from './guard.mjs';

const { REALM_URL, CLIENT_ID = 'qa-hub-api', CLIENT_SECRET, PORT = 8080 } = process.env;
const refusalOf = await guard(REALM_URL, CLIENT_ID, CLIENT_SECRET);
const cases = new Map();
let lastId = 0;

createServer(async (request, response) => {
  try {
    const refusal = await refusalOf(request);
    if (refusal) {
      response.writeHead(refusal.status, { 'WWW-Authenticate': refusal.challenge }).end();
    } else {
      await answer(request, response);
    }
  } catch (error) {
    console.error(error); // deny access if the token cannot be introspected
    response.writeHead(503).end();
  }
}).listen(PORT);

async function answer(request, response) {
  const [, id] = /^\/api\/v1\/cases(?:\/(\d+))?$/.exec(new URL(request.url, 'http://localhost').pathname) ?? [];
  const send = (status, body) =>
    response.writeHead(status, { 'Content-Type': 'application/json' }).end(body && JSON.stringify(body));
  if (['GET', 'HEAD'].includes(request.method) && !id) {
    send(200, [...cases.values()]);
  } else if (request.method === 'POST' && !id) {
    const { title } = await json(request);
    cases.set(++lastId, { id: lastId, title });
    send(201, cases.get(lastId));
  } else if (request.method === 'PATCH' && cases.has(Number(id))) {
    const { title } = await json(request);
    cases.set(Number(id), { id: Number(id), title });
    send(200, cases.get(Number(id)));
  } else if (request.method === 'DELETE' && cases.delete(Number(id))) {
    send(204);
  } else {
    send(404);
  }
}
