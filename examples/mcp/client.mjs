// Calls a tool of an MCP server: node client.mjs add_case '{"title":"Sign in"}'. Without TOKEN, prints how to obtain one.
import { discoverOAuthProtectedResourceMetadata } from '@modelcontextprotocol/sdk/client/auth.js';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';

const { MCP_URL = 'http://localhost:8083/mcp', TOKEN } = process.env;
const [name, input = '{}'] = process.argv.slice(2);
const url = new URL(MCP_URL);

if (TOKEN) {
  const client = new Client({ name: 'example', version: '1.0.0' });
  await client.connect(
    new StreamableHTTPClientTransport(url, { requestInit: { headers: { Authorization: `Bearer ${TOKEN}` } } }),
  );
  const result = await client.callTool({ name, arguments: JSON.parse(input) });
  console.log(result.isError ? 'Error:' : 'Result:', result.content[0].text);
  await client.close();
} else {
  console.log(JSON.stringify(await discoverOAuthProtectedResourceMetadata(url)));
}
