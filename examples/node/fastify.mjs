// The same test cases, with Fastify.
import Fastify from 'fastify';
import { guard } from './guard.mjs';

const { REALM_URL, CLIENT_ID = 'qa-hub-api', CLIENT_SECRET, PORT = 8080 } = process.env;
const refusalOf = await guard(REALM_URL, CLIENT_ID, CLIENT_SECRET);
const app = Fastify();
const cases = new Map();
let lastId = 0;

// Fastify responds with 500 if the token cannot be introspected.
app.addHook('onRequest', async (request, reply) => {
  const refusal = await refusalOf(request);
  if (refusal) {
    return reply.code(refusal.status).header('WWW-Authenticate', refusal.challenge).send();
  }
});

app.get('/api/v1/cases', async () => [...cases.values()]);

app.post('/api/v1/cases', async (request, reply) => {
  const made = { id: ++lastId, title: request.body.title };
  cases.set(made.id, made);
  return reply.code(201).send(made);
});

app.patch('/api/v1/cases/:id', async (request, reply) => {
  const found = cases.get(Number(request.params.id));
  return found ? Object.assign(found, { title: request.body.title }) : reply.code(404).send();
});

app.delete('/api/v1/cases/:id', async (request, reply) =>
  reply.code(cases.delete(Number(request.params.id)) ? 204 : 404).send());

await app.listen({ port: Number(PORT) });
