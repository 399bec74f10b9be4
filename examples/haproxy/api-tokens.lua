-- Authorizes a request at Keycloak's gateway endpoint, without a cache.
local URL = 'http://' .. os.getenv('KEYCLOAK') .. '/realms/' .. os.getenv('REALM')
  .. '/api-tokens/authorize?requireMethodHeader=true'
local CREDENTIALS = 'Basic ' .. os.getenv('CREDENTIALS')
-- The headers of the request that Keycloak needs, and the headers of its response that the API receives.
local SENT = { 'authorization', 'x-http-method-override', 'x-http-method', 'x-method-override' }
local PASSED_ON = { 'x-auth-user', 'x-auth-user-id', 'x-auth-scopes', 'x-auth-token-prefix', 'x-auth-organization' }

local function ask(txn)
  local headers = {
    ['x-api-tokens-client'] = { CREDENTIALS },
    ['x-original-method'] = { txn.f:method() },
    -- For tokens with allowed networks; the attribute apiTokens.addressHeader of the client names the header.
    ['x-caller-address'] = { txn.f:src() },
    ['x-forwarded-for'] = { txn.f:src() },
  }
  local received = txn.http:req_get_headers()
  for _, name in ipairs(SENT) do
    headers[name] = received[name]
  end
  return core.httpclient():get { url = URL, dst = 'abns@keycloak', headers = headers }
end

local function accept(txn, headers)
  for _, name in ipairs(PASSED_ON) do
    if headers[name] then
      txn.http:req_set_header(name, headers[name][0])
    end
  end
  txn:set_var('txn.authorized', true)
end

local function refuse(txn, answer)
  local reply = txn:reply { status = answer.status }
  local challenges = answer.headers['www-authenticate'] or {}
  for i = 0, #challenges do
    if challenges[i] then
      reply:add_header('www-authenticate', challenges[i])
    end
  end
  txn:done(reply)
end

core.register_action('authorize', { 'http-req' }, function(txn)
  local answer = ask(txn)
  if answer.status == 200 then
    accept(txn, answer.headers)
  elseif answer.status == 401 or answer.status == 403 then
    refuse(txn, answer)
  end
end)
