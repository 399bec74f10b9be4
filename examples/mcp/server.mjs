// An MCP server (Streamable HTTP) with two tools for test cases, which are kept in memory.
import { mcpAuthMetadataRouter, getOAuthProtectedResourceMetadataUrl } from '@modelcontextprotocol/sdk/server/auth/router.js';
import { requireBearerAuth } from '@modelcontextprotocol/sdk/server/auth/middleware/bearerAuth.js';
import { createMcpExpressApp } from '@modelcontextprotocol/sdk/server/express.js';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import { z } from 'zod';
import { introspection } from './verifier.mjs';

const { REALM_URL, CLIENT_ID = 'cases-mcp', CLIENT_SECRET, PORT = 8083 } = process.env;
const resource = new URL(process.env.MCP_URL ?? `http://localhost:${PORT}/mcp`);
const realm = await (await fetch(`${REALM_URL}/.well-known/openid-configuration`)).json();
const cases = [];

const authorize = requireBearerAuth({
  verifier: introspection(realm.introspection_endpoint, CLIENT_ID, CLIENT_SECRET, resource),
  requiredScopes: ['cases:read'],
  expectedResource: resource,
  resourceMetadataUrl: getOAuthProtectedResourceMetadataUrl(resource),
});

const app = createMcpExpressApp();
app.use(
  mcpAuthMetadataRouter({
    oauthMetadata: realm,
    resourceServerUrl: resource,
    scopesSupported: ['cases:read', 'cases:write'],
  }),
);
app.post(resource.pathname, authorize, async (request, response) => {
  const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
  await newServer().connect(transport);
  await transport.handleRequest(request, response, request.body);
});
app.listen(PORT, '127.0.0.1');

function newServer() {
  const server = new McpServer({ name: 'cases', version: '1.0.0' });
  server.registerTool('list_cases', { description: 'Lists the test cases' }, () => text(JSON.stringify(cases)));
  server.registerTool(
    'add_case',
    { description: 'Adds a test case', inputSchema: { title: z.string() } },
    ({ title }, { authInfo }) => {
      if (!authInfo.scopes.includes('cases:write')) {
        return { ...text('The scope cases:write is required'), isError: true };
      }
      cases.push({ title, author: authInfo.extra.username });
      return text('Added');
    },
  );
  return server;
}

function text(value) {
  return { content: [{ type: 'text', text: value }] };
}
